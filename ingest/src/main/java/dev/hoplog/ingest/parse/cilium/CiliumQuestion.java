package dev.hoplog.ingest.parse.cilium;

import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.PeerId;
import java.time.Instant;
import java.util.Optional;

/**
 * What an answer of routes is held against.
 *
 * @param isAdj whether it is of neighbours' tables
 * @param routerAsn the only virtual router that was asked for; empty: all
 * @param neighbor the only one that was asked for; empty: all
 * @param from when it was asked, and {@code to}, when it had been answered: ages are relative to some time between
 */
public record CiliumQuestion(
        AddressFamily family,
        boolean isAdj,
        Optional<Long> routerAsn,
        Optional<PeerId> neighbor,
        Instant from,
        Instant to) {}
