package dev.hoplog.api.cli;

import dev.hoplog.v1.ListHopsRequest;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hoplog hops}. */
@Command(name = "hops", description = "Every hop and its tables: how fresh, how covered, what failed last.")
final class HopsCommand implements Callable<Integer> {
    @Mixin
    private final Asked asked;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NODE-OR-HOP",
            description = "Such as pve02 or pve02/frr/vrf_evpnz1. Default: all hops.")
    private String target = "";

    HopsCommand(Supplier<String> defaultAddress) {
        this.asked = new Asked(defaultAddress);
    }

    @Override
    public Integer call() {
        var request = ListHopsRequest.newBuilder()
                .setNetwork(asked.network())
                .setTarget(target)
                .build();
        return asked.answer(client -> client.listHops(request), HopsText::of);
    }
}
