package dev.hoplog.local.command;

import dev.hoplog.api.cli.CommandFailure;
import dev.hoplog.api.cli.HoplogClient;
import dev.hoplog.api.cli.ProtoJson;
import dev.hoplog.api.cli.WhenStoppedText;
import dev.hoplog.local.stack.Demonstration;
import dev.hoplog.local.stack.IngestFailure;
import dev.hoplog.local.stack.Installation;
import dev.hoplog.local.stack.ReplayInput;
import dev.hoplog.local.stack.ReplayInput.WhichChain;
import dev.hoplog.v1.WhenStoppedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hoplog demo}. */
@Command(
        name = "demo",
        description = "Replay a recorded incident through a real broker, streams and a database, and ask the question."
                + " Keeps nothing, and stops everything that it started.")
final class DemoCommand implements Callable<Integer> {
    private static final String RECORDED_NETWORK = "stop-reaching-pve02";

    @Option(names = "--json", description = "Print only the response, as JSON.")
    private boolean json;

    @Option(
            names = "--capture",
            paramLabel = "PATH",
            description = "Replay this capture instead of the bundled recording; the question stays the same.")
    private @Nullable Path capture;

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() {
        var err = command.commandLine().getErr();
        try (var progress = ProgressLine.on(err);
                var demonstration = Demonstration.begin(Installation.ofThisProgram())) {
            Logs.to(Files.newOutputStream(demonstration.log()));
            demonstration.start(progress::step);
            var installation = Installation.ofThisProgram();
            progress.step("Replaying");
            var input = capture == null
                    ? ReplayInput.ofCapture(
                            installation.recording(),
                            Optional.of(RECORDED_NETWORK),
                            new WhichChain.File(installation.recordedChain()))
                    : ReplayInput.ofCapture(capture.toAbsolutePath(), Optional.empty());
            var summary = demonstration.replay(input, progress);
            progress.clear();
            answer(demonstration.api(), summary.network());
            progress.step("Stopping");
            return 0;
        } catch (IngestFailure refused) {
            err.println(refused.getMessage());
            err.flush();
            return refused.exitCode();
        } catch (IOException failed) {
            throw new CommandFailure(String.valueOf(failed.getMessage()), failed);
        }
    }

    private void answer(String api, String network) {
        var question = WhenStoppedRequest.newBuilder()
                .setNetwork(network)
                .setPrefix("fd00:101:224:3::/64")
                .setTarget("pve02")
                .build();
        var out = command.commandLine().getOut();
        try (var client = HoplogClient.to(api)) {
            var response = client.whenStopped(question);
            if (json) {
                out.print(ProtoJson.of(response));
            } else {
                out.printf("When did %s stop reaching %s?%n%n", question.getPrefix(), question.getTarget());
                out.print(WhenStoppedText.of(response));
            }
            out.flush();
        }
    }
}
