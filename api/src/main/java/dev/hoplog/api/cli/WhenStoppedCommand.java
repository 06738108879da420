package dev.hoplog.api.cli;

import com.google.protobuf.Timestamp;
import dev.hoplog.v1.WhenStoppedRequest;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hoplog when-stopped}. */
@Command(
        name = "when-stopped",
        description = "When did a prefix stop reaching a node or hop, and when was it back?",
        footer = {"", "For example: hoplog when-stopped fd00:101:224:3::/64 pve02"})
final class WhenStoppedCommand implements Callable<Integer> {
    @Mixin
    private final Asked asked;

    @Parameters(index = "0", paramLabel = "PREFIX", description = "Such as fd00:101:224:3::/64.")
    private String prefix = "";

    @Parameters(
            index = "1",
            paramLabel = "NODE-OR-HOP",
            description = "Such as pve02, which answers for each of its hops, or pve02/frr/vrf_evpnz1.")
    private String target = "";

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description =
                    "The instant to judge at, in ISO 8601 with a zone; what is certain later only is left out. Default: the"
                            + " end of what is known, or --to.")
    private Optional<Timestamp> at = Optional.empty();

    @Option(names = "--from", paramLabel = "TIME", description = "Only stops that may have lasted to this time count.")
    private Optional<Timestamp> from = Optional.empty();

    @Option(names = "--to", paramLabel = "TIME", description = "Only stops that may have begun by this time count.")
    private Optional<Timestamp> to = Optional.empty();

    @Mixin
    private final ChainOption chain = new ChainOption();

    WhenStoppedCommand(Supplier<String> defaultAddress) {
        this.asked = new Asked(defaultAddress);
    }

    @Override
    public Integer call() {
        return asked.answer(client -> client.whenStopped(request()), WhenStoppedText::of);
    }

    private WhenStoppedRequest request() {
        var request = WhenStoppedRequest.newBuilder()
                .setNetwork(asked.network())
                .setPrefix(prefix)
                .setTarget(target)
                .setChainVersion(chain.version());
        at.ifPresent(request::setAt);
        from.ifPresent(request::setFrom);
        to.ifPresent(request::setTo);
        return request.build();
    }
}
