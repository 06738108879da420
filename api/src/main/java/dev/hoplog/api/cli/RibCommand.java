package dev.hoplog.api.cli;

import dev.hoplog.v1.DumpRibRequest;
import dev.hoplog.v1.DumpRibResponse;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hoplog rib}. */
@Command(
        name = "rib",
        description = "A whole table, now or as of a time.",
        footer = {"", "For example: hoplog rib pve02/frr/vrf_evpnz1 --as-of 2026-11-23T04:38:30Z"})
final class RibCommand implements Callable<Integer> {
    @Mixin
    private final Asked asked;

    @Mixin
    private final RibSelection rib = new RibSelection();

    @Mixin
    private final AsOfOption asOf = new AsOfOption();

    RibCommand(Supplier<String> defaultAddress) {
        this.asked = new Asked(defaultAddress);
    }

    @Override
    public Integer call() {
        var request = DumpRibRequest.newBuilder().setNetwork(asked.network()).setRib(rib.selector());
        asOf.instant().ifPresent(request::setAsOf);
        return asked.<DumpRibResponse>answerInParts(
                (client, parts) -> client.dumpRib(request.build(), parts), new DumpText());
    }
}
