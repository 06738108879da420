package dev.hoplog.local.command;

import com.google.protobuf.Timestamp;
import dev.hoplog.api.cli.CommandFailure;
import dev.hoplog.api.cli.TimeArgument;
import dev.hoplog.local.stack.IngestFailure;
import dev.hoplog.local.stack.Installation;
import dev.hoplog.local.stack.Replay;
import dev.hoplog.local.stack.ReplayInput;
import dev.hoplog.local.stack.ReplayInput.WhichChain;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hoplog replay}. */
@Command(
        name = "replay",
        description = "Take in a capture, or what one command printed, and return when it is queryable.",
        footer = {
            "",
            "What one command printed is taken in as a scrape of that command. Nothing is claimed of the time before, after,"
                    + " or between two of them, unless --max-silence says so. A later output goes into the same --network:"
                    + " what differs are its changes.",
            "",
            "For example: hoplog replay bgp.json --hop pve02/frr/vrf_evpnz1 --at 2026-11-23T04:38:20.4Z"
                    + " --command \"vtysh -c 'show bgp vrf vrf_evpnz1 ipv6 unicast json'\" --network postmortem"
        })
final class ReplayCommand implements Callable<Integer> {
    private static final int EXIT_REFUSED = 4;

    @Mixin
    private DataOption data = new DataOption();

    @Parameters(
            index = "0",
            paramLabel = "PATH",
            description =
                    "A capture: a directory, or a .tar.gz of one. With --hop: a file with what one command printed.")
    private Path path = Path.of("");

    @Option(
            names = "--network",
            paramLabel = "NAME",
            description = "Into this network. Default: the name of the capture, or of the file without its ending.")
    private Optional<String> network = Optional.empty();

    @ArgGroup
    private @Nullable ChainOption chain;

    @ArgGroup(exclusive = false, heading = "%nOf what one command printed:%n")
    private @Nullable OfOneCommand single;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "Give up after so long without progress. Default: ${DEFAULT-VALUE}.")
    private int patience;

    /** Under which chain a capture is to be read. */
    private static final class ChainOption {
        @Option(
                names = "--chain",
                required = true,
                paramLabel = "FILE",
                description = "Publish this chain into the network first, as of all times. Default: a chain.yaml in the"
                        + " directory of the capture, if there is one.")
        private @Nullable Path file;

        @Option(names = "--no-chain", required = true, description = "Publish none.")
        private boolean none;

        WhichChain said() {
            return file == null ? new WhichChain.None() : new WhichChain.File(file.toAbsolutePath());
        }
    }

    /** What such a file does not say itself. */
    private static final class OfOneCommand {
        @Option(
                names = "--hop",
                required = true,
                paramLabel = "NODE/DAEMON/TABLE",
                description = "Whose table it shows, such as pve02/frr/vrf_evpnz1, solwk02/bird/master6,"
                        + " solwk02/gobgp/global, solwk02/cilium/65010, solwk02/talos/main, pve02/kernel/main.")
        private String hop = "";

        @Option(
                names = "--command",
                paramLabel = "LINE",
                description = "As it was typed, in a shell or at the prompt of vtysh or birdc. Left out, the ones that"
                        + " would do are listed.")
        private Optional<String> command = Optional.empty();

        @Option(
                names = "--at",
                required = true,
                paramLabel = "TIME",
                converter = TimeArgument.class,
                description = "When the command was started, in ISO 8601 with a zone; or a time that is surely before.")
        private Timestamp at = Timestamp.getDefaultInstance();

        @Option(
                names = "--until",
                paramLabel = "TIME",
                converter = TimeArgument.class,
                description = "When it had ended; or a time that is surely after. Default: as --at.")
        private Optional<Timestamp> until = Optional.empty();

        @Option(
                names = "--whole",
                description = "Vouch that the file has all that was printed, where the output itself cannot tell, as a"
                        + " listing of birdc or talosctl.")
        private boolean whole;

        @Option(
                names = "--family",
                paramLabel = "ipv4|ipv6",
                description = "Of which family a table of BIRD is: an empty one does not show it.")
        private Optional<String> family = Optional.empty();

        @Option(
                names = "--max-silence",
                paramLabel = "SECONDS",
                description =
                        "Take the table for observed all the time since the output before, if that ended no longer"
                                + " ago. Default: never.")
        private Optional<Long> maxSilenceSeconds = Optional.empty();

        ReplayInput.OfOneCommand said() {
            return new ReplayInput.OfOneCommand(
                    hop, command, instant(at), until.map(OfOneCommand::instant), whole, family, maxSilenceSeconds);
        }

        private static Instant instant(Timestamp time) {
            return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
        }
    }

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() {
        var line = command.commandLine();
        try (var progress = ProgressLine.on(line.getErr())) {
            var begin = System.nanoTime();
            progress.step("Replaying");
            var summary = replay().run(input(), progress);
            progress.clear();
            line.getOut()
                    .printf(
                            "Network %s is queryable: %d %s, %d failed scrapes, in %.1f s.%n",
                            summary.network(),
                            summary.snapshots(),
                            summary.snapshots() == 1 ? "snapshot" : "snapshots",
                            summary.failures(),
                            Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1000.0);
            line.getOut().flush();
            return exitCode(summary, line.getErr());
        } catch (IngestFailure refused) {
            line.getErr().println(refused.getMessage());
            line.getErr().flush();
            return refused.exitCode();
        } catch (IOException failed) {
            throw new CommandFailure(String.valueOf(failed.getMessage()), failed);
        }
    }

    private static int exitCode(Replay.Summary summary, PrintWriter err) {
        if (summary.refusals().records() == 0) {
            return 0;
        }
        err.printf(
                "%d records of it were refused, so part of it is not in the answers. The first: %s.%n"
                        + "A network takes in what is newer than what it has: replay what is older, or overlaps,"
                        + " with --network into one of its own.%n",
                summary.refusals().records(), summary.refusals().firstDetail().orElse("no reason given"));
        err.flush();
        return EXIT_REFUSED;
    }

    private ReplayInput input() {
        return new ReplayInput(
                path.toAbsolutePath(),
                network,
                chain == null ? new WhichChain.Beside() : chain.said(),
                Optional.ofNullable(single).map(OfOneCommand::said));
    }

    private Replay replay() throws IOException {
        var addresses = data.running().addresses();
        return new Replay(
                Installation.ofThisProgram(),
                data.opened(),
                addresses.kafka(),
                addresses.api(),
                Duration.ofSeconds(patience));
    }
}
