package dev.hoplog.local.command;

import com.google.protobuf.Timestamp;
import dev.hoplog.api.cli.CommandFailure;
import dev.hoplog.api.cli.HoplogClient;
import dev.hoplog.ingest.chain.BadChainFile;
import dev.hoplog.ingest.chain.ChainFile;
import dev.hoplog.ingest.chain.ChainLint;
import dev.hoplog.ingest.chain.FedHops;
import dev.hoplog.model.HopId;
import dev.hoplog.v1.CheckChainRequest;
import dev.hoplog.v1.ListHopsRequest;
import dev.hoplog.v1.Network;
import dev.hoplog.v1.RibStatus;
import dev.hoplog.wire.ChainCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hoplog chain check}. */
@Command(
        name = "check",
        description =
                "Whether a chain file is right, what in it is most likely a mistake, and how it fits what is observed.",
        footer = {
            "",
            "Without a stack it checks the file alone, and says so. Asked to compare, by --network, --address or --data, it"
                    + " fails if it cannot.",
            "",
            "Exit code 0: it is a chain, with or without warnings; 1: it is none, or could not be compared."
        })
final class ChainCheckCommand implements Callable<Integer> {
    private static final int EXIT_NO_CHAIN = 1;

    private final Function<DataOption, String> addressOf;

    @Mixin
    private DataOption data = new DataOption();

    @Parameters(index = "0", paramLabel = "FILE", description = "A chain file: YAML.")
    private Path file = Path.of("");

    @Option(
            names = "--network",
            paramLabel = "NAME",
            description =
                    "Compare with this network. Default: the one that the file names, else the only one there is.")
    private Optional<String> network = Optional.empty();

    @Option(
            names = "--address",
            paramLabel = "HOST:PORT",
            description =
                    "The API to ask. Default: what `hoplog up` started, else " + HoplogClient.DEFAULT_ADDRESS + ".")
    private @Nullable String address;

    @Option(names = "--json", description = "Print the findings as JSON, for programs.")
    private boolean json;

    @Spec
    private CommandSpec command = CommandSpec.create();

    ChainCheckCommand(Function<DataOption, String> addressOf) {
        this.addressOf = addressOf;
    }

    @Override
    public Integer call() {
        try {
            var read = ChainFile.read(Files.readAllBytes(file));
            print(new ChainFindings.Of(read, ChainLint.of(read.chain()), compared(read)));
            return 0;
        } catch (BadChainFile bad) {
            print(new ChainFindings.NoChain(bad.problems()));
            return EXIT_NO_CHAIN;
        } catch (IOException unreadable) {
            throw new CommandFailure("cannot read " + file + ": " + unreadable, unreadable);
        }
    }

    private void print(ChainFindings findings) {
        var out = command.commandLine().getOut();
        out.print(
                json
                        ? ChainFindingsText.json(file.toString(), findings)
                        : ChainFindingsText.of(file.toString(), findings));
        out.flush();
    }

    private ChainFindings.Compared compared(ChainFile read) {
        try {
            return compare(read);
        } catch (CommandFailure failed) {
            if (network.isPresent() || address != null || data.isNamed()) {
                throw failed;
            }
            return new ChainFindings.NotCompared(String.valueOf(failed.getMessage()));
        }
    }

    private ChainFindings.Compared compare(ChainFile read) {
        var request = ListHopsRequest.newBuilder()
                .setNetwork(network.or(read::network).orElse(""))
                .build();
        try (var client = HoplogClient.to(address == null ? addressOf.apply(data) : address)) {
            var networks = client.listHops(request).getNetworksList();
            return switch (networks.size()) {
                case 0 -> new ChainFindings.NotCompared("nothing is observed yet");
                case 1 -> with(client, read, networks.getFirst());
                default ->
                    new ChainFindings.NotCompared("there are several networks, choose one with --network: "
                            + networks.stream().map(Network::getName).collect(Collectors.joining(", ")));
            };
        }
    }

    private static ChainFindings.With with(HoplogClient client, ChainFile read, Network observed) {
        var observedTo = new HashMap<HopId, Instant>();
        for (var hop : observed.getHopsList()) {
            hop.getRibsList().stream()
                    .filter(RibStatus::hasObserved)
                    .map(rib -> instant(rib.getObserved().getTo()))
                    .max(Comparator.naturalOrder())
                    .ifPresent(to -> observedTo.put(HopId.parse(hop.getHop()), to));
        }
        var version = ChainCodec.version(observed.getName(), Optional.empty(), Instant.EPOCH, read.chain());
        var checked = client.checkChain(CheckChainRequest.newBuilder()
                .setChain(ChainCodec.message(version))
                .build());
        return new ChainFindings.With(
                observed.getName(), FedHops.of(read.chain(), observedTo.keySet()), observedTo, checked.getEdgesList());
    }

    private static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }
}
