package dev.hoplog.api.cli;

import dev.hoplog.v1.LookupRequest;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hoplog lookup}. */
@Command(
        name = "lookup",
        description = "The routes of a prefix or an address, now or as of a time.",
        footer = {
            "",
            "Without --longer, --shorter or --longest a prefix finds itself, and an address the route that it would take.",
            "For example: hoplog lookup fd00:101:224:3::1 pve02 --as-of 2026-11-23T04:38:30Z"
        })
final class LookupCommand implements Callable<Integer> {
    @Mixin
    private final Asked asked;

    @Parameters(index = "0", paramLabel = "PREFIX-OR-ADDRESS", description = "Such as fd00:101:224::/48 or fd00::1.")
    private String query = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NODE-OR-HOP",
            description = "Such as pve02 or pve02/frr/vrf_evpnz1. Default: all hops.")
    private String target = "";

    @ArgGroup
    private MatchOptions how = new MatchOptions();

    @Mixin
    private final AsOfOption asOf = new AsOfOption();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "0",
            description = "At most so many routes per table. Default: what the server thinks right (100).")
    private int limit;

    @Mixin
    private final ChainOption chain = new ChainOption();

    LookupCommand(Supplier<String> defaultAddress) {
        this.asked = new Asked(defaultAddress);
    }

    @Override
    public Integer call() {
        return asked.answer(client -> client.lookup(request()), LookupText::of);
    }

    private LookupRequest request() {
        var request = LookupRequest.newBuilder()
                .setNetwork(asked.network())
                .setQuery(query)
                .setTarget(target)
                .setChainVersion(chain.version())
                .setMatch(how.match())
                .setLimit(limit);
        asOf.instant().ifPresent(request::setAsOf);
        return request.build();
    }
}
