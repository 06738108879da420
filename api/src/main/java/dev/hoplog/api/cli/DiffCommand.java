package dev.hoplog.api.cli;

import com.google.protobuf.Timestamp;
import dev.hoplog.v1.DiffRibRequest;
import dev.hoplog.v1.DiffRibResponse;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hoplog diff}. */
@Command(
        name = "diff",
        description = "What differs in a table between two times, and what changed in between.",
        footer = {
            "",
            "For example: hoplog diff pve02/frr/vrf_evpnz1 --from 2026-11-23T04:38:00Z --to 2026-11-23T04:38:30Z"
        })
final class DiffCommand implements Callable<Integer> {
    @Mixin
    private final Asked asked;

    @Mixin
    private final RibSelection rib = new RibSelection();

    @Option(names = "--from", paramLabel = "TIME", required = true, description = "In ISO 8601 with a zone.")
    private Timestamp from = Timestamp.getDefaultInstance();

    @Option(names = "--to", paramLabel = "TIME", required = true, description = "In ISO 8601 with a zone.")
    private Timestamp to = Timestamp.getDefaultInstance();

    DiffCommand(Supplier<String> defaultAddress) {
        this.asked = new Asked(defaultAddress);
    }

    @Override
    public Integer call() {
        var request = DiffRibRequest.newBuilder()
                .setNetwork(asked.network())
                .setRib(rib.selector())
                .setFrom(from)
                .setTo(to)
                .build();
        return asked.<DiffRibResponse>answerInParts((client, parts) -> client.diffRib(request, parts), new DiffText());
    }
}
