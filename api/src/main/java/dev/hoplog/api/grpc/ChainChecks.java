package dev.hoplog.api.grpc;

import dev.hoplog.api.query.ChainCheck;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.gap.EdgeUses;
import dev.hoplog.v1.CheckChainRequest;
import dev.hoplog.v1.CheckChainResponse;
import dev.hoplog.v1.EdgeUse;
import dev.hoplog.v1.EdgeUseKind;
import dev.hoplog.wire.ChainCodec;

/** A chain to be checked, and what was found, as messages of {@code hoplog.v1}. */
final class ChainChecks {
    private ChainChecks() {}

    /** @throws IllegalArgumentException if it is no chain */
    static ChainVersion chain(CheckChainRequest request) {
        if (!request.hasChain()) {
            throw new IllegalArgumentException("chain is not set: give one as it would be published");
        }
        return ChainCodec.decode(request.getChain());
    }

    static CheckChainResponse message(ChainCheck.Answer answer) {
        var message = CheckChainResponse.newBuilder()
                .setNetwork(answer.network())
                .setCompleteness(Messages.completeness(answer.completeness()));
        answer.edges()
                .forEach(one -> message.addEdges(EdgeUse.newBuilder()
                        .setUpstream(one.edge().upstream().toString())
                        .setDownstream(one.edge().downstream().toString())
                        .setKind(kind(one.use()))
                        .setPrefixes(one.prefixes())));
        return message.build();
    }

    private static EdgeUseKind kind(EdgeUses.Use use) {
        return switch (use) {
            case CARRIED -> EdgeUseKind.EDGE_USE_KIND_CARRIED;
            case NEVER -> EdgeUseKind.EDGE_USE_KIND_NEVER;
            case NOTHING_TO_CARRY -> EdgeUseKind.EDGE_USE_KIND_NOTHING_TO_CARRY;
            case NOT_KNOWN -> EdgeUseKind.EDGE_USE_KIND_NOT_KNOWN;
        };
    }
}
