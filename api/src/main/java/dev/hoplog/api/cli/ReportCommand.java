package dev.hoplog.api.cli;

import com.google.protobuf.Timestamp;
import dev.hoplog.v1.GetReportRequest;
import dev.hoplog.v1.GetReportResponse;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hoplog report}. */
@Command(
        name = "report",
        description =
                "The post-mortem in Markdown, to be pasted into a ticket: when, where first, why, whom, and back.",
        footer = {"", "Without PREFIX it is of all incidents.", "For example: hoplog report fd00:101:224:3::/64 pve02"})
final class ReportCommand implements Callable<Integer> {
    @Mixin
    private final Asked asked;

    @Parameters(index = "0", arity = "0..1", paramLabel = "PREFIX", description = "Such as fd00:101:224:3::/64.")
    private String prefix = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NODE-OR-HOP",
            description = "Where it stopped, such as pve02 or pve02/frr/vrf_evpnz1.")
    private String target = "";

    @Option(names = "--from", paramLabel = "TIME", description = "Only what was there at or after this time.")
    private Optional<Timestamp> from = Optional.empty();

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description =
                    "Only what was there at or before this time. Default: the end of what is known, which the report names.")
    private Optional<Timestamp> to = Optional.empty();

    @Mixin
    private final ChainOption chain = new ChainOption();

    ReportCommand(Supplier<String> defaultAddress) {
        this.asked = new Asked(defaultAddress);
    }

    @Override
    public Integer call() {
        var request = GetReportRequest.newBuilder()
                .setNetwork(asked.network())
                .setPrefix(prefix)
                .setTarget(target)
                .setChainVersion(chain.version());
        from.ifPresent(request::setFrom);
        to.ifPresent(request::setTo);
        return asked.answer(client -> client.getReport(request.build()), GetReportResponse::getMarkdown);
    }
}
