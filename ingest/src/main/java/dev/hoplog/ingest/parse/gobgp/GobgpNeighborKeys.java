package dev.hoplog.ingest.parse.gobgp;

import java.util.Set;

/**
 * What GoBGP 3.x and 4.x are known to say of a neighbour: the fields of its messages, whether or not anybody has seen them
 * printed. Only the objects that something is read from have a list; another one is known as a whole.
 */
final class GobgpNeighborKeys {
    static final Set<String> OF_NEIGHBOR = Set.of("""
            apply_policy conf ebgp_multihop route_reflector state timers transport route_server graceful_restart afi_safis
            ttl_security bfd
            """.strip().split("\\s+"));

    static final Set<String> OF_CONF = Set.of("""
            auth_password description local_asn neighbor_address peer_asn peer_group type remove_private
            route_flap_damping send_community neighbor_interface vrf allow_own_asn replace_peer_asn admin_down
            send_software_version allow_aspath_loop_local
            """.strip().split("\\s+"));

    static final Set<String> OF_STATE = Set.of("""
            auth_password description local_asn messages neighbor_address peer_asn peer_group type queues remove_private
            route_flap_damping send_community session_state admin_state out_q flops remote_cap local_cap router_id
            bfd_state disconnect_reason disconnect_message
            """.strip().split("\\s+"));

    static final Set<String> OF_MESSAGES = Set.of("received", "sent");

    static final Set<String> OF_RECEIVED = Set.of("""
            notification update open keepalive refresh discarded total withdraw_update withdraw_prefix
            """.strip().split("\\s+"));

    static final Set<String> OF_TIMERS = Set.of("config", "state");

    static final Set<String> OF_TIMERS_STATE = Set.of("""
            connect_retry hold_time keepalive_interval minimum_advertisement_interval negotiated_hold_time uptime downtime
            """.strip().split("\\s+"));

    static final Set<String> OF_FAMILY = Set.of("""
            mp_graceful_restart config state apply_policy route_selection_options use_multiple_paths prefix_limits
            route_target_membership long_lived_graceful_restart add_paths
            """.strip().split("\\s+"));

    static final Set<String> OF_FAMILY_STATE = Set.of("family", "enabled", "received", "accepted", "advertised");

    private GobgpNeighborKeys() {}
}
