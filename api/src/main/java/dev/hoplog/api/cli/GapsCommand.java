package dev.hoplog.api.cli;

import dev.hoplog.v1.ListGapsRequest;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hoplog gaps}. */
@Command(
        name = "gaps",
        description = "Where prefixes got lost along the chain, and why.",
        footer = {"", "For example: hoplog gaps pve02 --cause rejected-on-import"})
final class GapsCommand implements Callable<Integer> {
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

    GapsCommand(Supplier<String> defaultAddress) {
        this.asked = new Asked(defaultAddress);
    }

    @Override
    public Integer call() {
        var request = ListGapsRequest.newBuilder()
                .setNetwork(asked.network())
                .setPrefix(which.prefix())
                .setWithin(which.within())
                .setTarget(target)
                .addAllCauses(which.causes())
                .setChainVersion(which.chain())
                .setLimit(which.limit());
        which.from().ifPresent(request::setFrom);
        which.to().ifPresent(request::setTo);
        return asked.answer(client -> client.listGaps(request.build()), GapsText::gaps);
    }
}
