package dev.hoplog.api.cli;

import dev.hoplog.v1.View;
import dev.hoplog.v1.WatchRequest;
import dev.hoplog.v1.WatchResponse;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hoplog watch}. */
@Command(
        name = "watch",
        description =
                "What there is now, open gaps included, and everything that happens from then on, until it is stopped. A"
                        + " watch that breaks off goes on by itself, without leaving anything out.",
        footer = {
            "",
            "Without --longer or --shorter a prefix is watched itself, and of an address all routes around it.",
            "For example: hoplog watch fd00:101:224:3::/64 pve02",
            "             hoplog watch any pve02 --json"
        })
final class WatchCommand implements Callable<Integer> {
    private static final String ANY = "any";

    @Mixin
    private final Asked asked;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PREFIX-OR-ADDRESS",
            defaultValue = ANY,
            description = "Such as fd00:101:224:3::/64, or any. Default: ${DEFAULT-VALUE}.")
    private String query = ANY;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NODE-OR-HOP",
            description = "Such as pve02 or pve02/frr/vrf_evpnz1. Default: all hops.")
    private String target = "";

    @ArgGroup
    private MatchOptions how = new MatchOptions();

    @Option(
            names = "--view",
            paramLabel = "VIEW",
            converter = RibSelection.ViewName.class,
            description = "Only tables of this view, such as loc-rib; may be given again. Default: all.")
    private List<View> views = List.of();

    @Option(
            names = "--resume",
            paramLabel = "TOKEN",
            defaultValue = "",
            description = "Go on right after the message that had this resumeToken (--json shows them).")
    private String token = "";

    WatchCommand(Supplier<String> defaultAddress) {
        this.asked = new Asked(defaultAddress);
    }

    @Override
    public Integer call() {
        var request = WatchRequest.newBuilder()
                .setNetwork(asked.network())
                .setTarget(target)
                .setQuery(query.equals(ANY) ? "" : query)
                .setMatch(how.match())
                .addAllViews(views)
                .setResumeToken(token)
                .build();
        return asked.<WatchResponse>answerForEver(
                (client, parts, said) -> new ResumingWatch(client, request, said).run(parts), new WatchText());
    }
}
