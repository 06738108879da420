package dev.hoplog.api.cli;

import com.google.protobuf.Timestamp;
import dev.hoplog.v1.GetTimelineRequest;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hoplog timeline}. */
@Command(
        name = "timeline",
        description = "What there was at the start of a window, and everything that happened in it.",
        footer = {"", "For example: hoplog timeline fd00:101:224:3::/64 pve02 --from 2026-11-23T04:38:00Z"})
final class TimelineCommand implements Callable<Integer> {
    @Mixin
    private final Asked asked;

    @Parameters(index = "0", paramLabel = "PREFIX", description = "Such as fd00:101:224:3::/64.")
    private String prefix = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NODE-OR-HOP",
            description = "Such as pve02 or pve02/frr/vrf_evpnz1. Default: all hops.")
    private String target = "";

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Where the window begins, in ISO 8601 with a zone. Default: open.")
    private Optional<Timestamp> from = Optional.empty();

    @Option(names = "--to", paramLabel = "TIME", description = "Where the window ends, inclusive. Default: open.")
    private Optional<Timestamp> to = Optional.empty();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "0",
            description = "At most so many entries. Default: what the server thinks right (1000).")
    private int limit;

    @Mixin
    private final ChainOption chain = new ChainOption();

    TimelineCommand(Supplier<String> defaultAddress) {
        this.asked = new Asked(defaultAddress);
    }

    @Override
    public Integer call() {
        return asked.answer(client -> client.getTimeline(request()), TimelineText::of);
    }

    private GetTimelineRequest request() {
        var request = GetTimelineRequest.newBuilder()
                .setNetwork(asked.network())
                .setPrefix(prefix)
                .setTarget(target)
                .setChainVersion(chain.version())
                .setLimit(limit);
        from.ifPresent(request::setFrom);
        to.ifPresent(request::setTo);
        return request.build();
    }
}
