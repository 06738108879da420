package dev.hoplog.api.cli;

import dev.hoplog.v1.TraceRequest;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hoplog trace}. */
@Command(
        name = "trace",
        description = "A prefix or address on its way: from hop to hop along the chain, and through each hop.",
        footer = {"", "For example: hoplog trace fd00:101:224:3::/64 pve02 --as-of 2026-11-23T04:38:30Z"})
final class TraceCommand implements Callable<Integer> {
    @Mixin
    private final Asked asked;

    @Parameters(
            index = "0",
            paramLabel = "PREFIX-OR-ADDRESS",
            description = "Such as fd00:101:224:3::/64; of an address the longest match of each table.")
    private String query = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NODE-OR-HOP",
            description = "Such as pve02 or pve02/frr/vrf_evpnz1. Default: all hops.")
    private String target = "";

    @Mixin
    private final AsOfOption asOf = new AsOfOption();

    @Mixin
    private final ChainOption chain = new ChainOption();

    TraceCommand(Supplier<String> defaultAddress) {
        this.asked = new Asked(defaultAddress);
    }

    @Override
    public Integer call() {
        var request = TraceRequest.newBuilder()
                .setNetwork(asked.network())
                .setQuery(query)
                .setTarget(target)
                .setChainVersion(chain.version());
        asOf.instant().ifPresent(request::setAsOf);
        return asked.answer(client -> client.trace(request.build()), response -> TraceText.of(query, response));
    }
}
