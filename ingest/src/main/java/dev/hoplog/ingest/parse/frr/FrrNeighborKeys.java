package dev.hoplog.ingest.parse.frr;

import java.util.Set;

/**
 * What FRR 8.4 to 10.x is known to say of a neighbour: what its source prints, whether or not anybody has seen it. Only the
 * objects that something is read from have a list; another one, like the neighbour's capabilities, is known as a whole.
 */
final class FrrNeighborKeys {
    static final Set<String> OF_NEIGHBOR = Set.of("""
            neighborAddr bgpNeighborAddr hostname domainname nbrDesc peerGroup peerSubnetRangeGroup softwareVersion
            remoteAs localAs localAsNoPrepend localAsReplaceAs localAsReplaceAsDualAs
            nbrInternalLink nbrExternalLink nbrConfedInternalLink nbrConfedExternalLink nbrUnspecifiedLink nbrCommonAdmin
            localRole remoteRole remoteRouterId localRouterId bgpVersion bgpState bgpStateIs adminShutDown
            bgpTimerUp bgpTimerUpMsec bgpTimerUpString bgpTimerUpEstablishedEpoch bgpTimerLastRead bgpTimerLastWrite
            bgpInUpdateElapsedTimeMsecs bgpTimerHoldTimeMsecs bgpTimerKeepAliveIntervalMsecs bgpTimerDelayOpenTimeMsecs
            bgpTimerConfiguredHoldTimeMsecs bgpTimerConfiguredKeepAliveIntervalMsecs
            bgpTimerConfiguredConditionalAdvertisementsSec bgpTimerUntilConditionalAdvertisementsSec
            bgpUpdateDelayTimerMsecs bgpUpdateDelayTimerMsecsRemaining minBtwnAdvertisementRunsTimerMsecs
            bgpTcpMssConfigured bgpTcpMssSynced extendedOptionalParametersLength
            neighborCapabilities capabilityErrors gracefulRestartInfo messageStats prefixStats addressFamilyInfo
            connectionsEstablished connectionsDropped
            lastReset lastResetTimerMsecs lastResetDueTo lastResetCode
            downLastResetDueTo downLastResetCode downLastResetTimeSecs
            lastErrorCodeSubcode lastNotificationReason lastNotificationHardReset lastShutdownDescription
            prefixesConfigExceedMax reducePrefixNumFrom reducePrefixNumAndClearIpBgp restartInTimerMsec
            externalBgpNbrMaxHopsAway internalBgpNbrMaxHopsAway
            hostLocal portLocal hostForeign portForeign updateSource nexthop nexthopGlobal nexthopLocal bgpConnection
            connectRetryTimer nextStartTimerDueInMsecs nextConnectTimerDueInMsecs mraiInterval mraiTimerExpireInMsecs
            estimatedRttInMsecs shutdownRttInMsecs shutdownRttAfterCount
            authenticationEnabled readThread writeThread peerBfdInfo bfdHoldTimerExpireInMsecs bfdHoldTimerExpired
            """.strip().split("\\s+"));

    static final Set<String> OF_FAMILY = Set.of("""
            peerGroupMember updateGroupId subGroupId packetQueueLength
            afDependentCap orfRecvCounter orfFirstUpdate
            routeReflectorClient routeServerClient inboundSoftConfigPermit
            privateAsNumsAllReplacedInUpdatesToNbr privateAsNumsReplacedInUpdatesToNbr
            privateAsNumsAllRemovedInUpdatesToNbr privateAsNumsRemovedInUpdatesToNbr
            allowAsInOrigin allowAsInCount overrideASNsInOutboundUpdates
            addpathTxAllPaths addpathTxBestpathPerAS addpathTxBestSelectedPaths
            routerAlwaysNextHop unchangedAsPathPropogatedToNbr unchangedNextHopPropogatedToNbr unchangedMedPropogatedToNbr
            commAttriSentToNbr defaultRouteMap defaultSent defaultNotSent advertiseAllVnis
            inboundPathPolicyConfig outboundPathPolicyConfig inboundEbgpRequiresPolicy outboundEbgpRequiresPolicy
            incomingUpdatePrefixFilterList outgoingUpdatePrefixFilterList
            incomingUpdateNetworkFilterList outgoingUpdateNetworkFilterList
            incomingUpdateAsPathFilterList outgoingUpdateAsPathFilterList
            routeMapForIncomingAdvertisements routeMapForOutgoingAdvertisements selectiveUnsuppressRouteMap advertiseMap
            acceptedPrefixCounter sentPrefixCounter receivedPrefixDup
            prefixOutAllowedMax prefixAllowedMax prefixAllowedMaxWarning prefixAllowedWarningThresh
            prefixAllowedRestartIntervalMsecs
            """.strip().split("\\s+"));

    /** What stands among the families and is none: that filters were sent to the neighbour, of whichever family. */
    static final String FILTERS_SENT = "orfSent";

    private FrrNeighborKeys() {}
}
