package dev.hoplog.api.cli;

import dev.hoplog.v1.ListIncidentsRequest;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hoplog incidents}. */
@Command(
        name = "incidents",
        description = "What broke: gaps that belong together, what came first, and whom it took along.",
        footer = {"", "For example: hoplog incidents --from 2026-11-23T04:38:00Z"})
final class IncidentsCommand implements Callable<Integer> {
    @Mixin
    private final Asked asked;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NODE-OR-HOP",
            description = "Only those for which it lacked a prefix. Default: all hops.")
    private String target = "";

    @Mixin
    private final GapOptions which = new GapOptions();

    IncidentsCommand(Supplier<String> defaultAddress) {
        this.asked = new Asked(defaultAddress);
    }

    @Override
    public Integer call() {
        var request = ListIncidentsRequest.newBuilder()
                .setNetwork(asked.network())
                .setPrefix(which.prefix())
                .setWithin(which.within())
                .setTarget(target)
                .addAllCauses(which.causes())
                .setChainVersion(which.chain())
                .setLimit(which.limit());
        which.from().ifPresent(request::setFrom);
        which.to().ifPresent(request::setTo);
        return asked.answer(client -> client.listIncidents(request.build()), GapsText::incidents);
    }
}
