package dev.hoplog.local.stack;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs a command of ingest to its end, as a child process. Its log takes what it says besides progress, anew with each
 * run.
 */
record Ingest(Path jar, String bootstrapServers, DataDirectory data) {
    private static final int HEAP_MEGABYTES = 320;
    /** SIGINT and SIGTERM. */
    private static final Set<Integer> INTERRUPTED = Set.of(130, 143);

    /** @throws IngestFailure if it exits with anything but 0 */
    IngestMessage.Done replay(ReplayInput input, ReplayProgress progress) throws IOException {
        var words = new ArrayList<>(List.of("replay", "--progress=json"));
        words.addAll(input.words());
        return (IngestMessage.Done) run(words, progress);
    }

    /** @throws IngestFailure if it exits with anything but 0 */
    IngestMessage.Published publish(ChainInput input) throws IOException {
        return (IngestMessage.Published) run(input.words(), (what, done, of) -> {});
    }

    /** @return what it says last */
    private IngestMessage run(List<String> words, ReplayProgress progress) throws IOException {
        var errors = Files.createTempFile(Files.createDirectories(data.temporary()), "ingest", ".err");
        var process = start(words, errors);
        // Ends with this program, which ^C reaches too, and which a supervisor of whatever kind may end.
        var endWithUs = new Thread(process::destroy, "stop ingest");
        Runtime.getRuntime().addShutdownHook(endWithUs);
        try (var out = process.inputReader();
                var rest = new PrintWriter(Files.newBufferedWriter(data.log(Part.INGEST)))) {
            var done = read(out, rest, progress);
            var exitCode = process.waitFor();
            Files.readAllLines(errors).forEach(rest::println);
            if (exitCode != 0 || done == null) {
                throw failure(exitCode, errors);
            }
            return done;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while ingest ran " + words.getFirst(), interrupted);
        } finally {
            process.destroy();
            Files.deleteIfExists(errors);
            forget(endWithUs);
        }
    }

    private Process start(List<String> words, Path errors) throws IOException {
        var program = new ArrayList<>(List.of("-jar", jar.toString()));
        program.addAll(words);
        var flags = new ArrayList<>(new StackProcesses(data.root()).flags(Part.INGEST));
        flags.add("-Djava.io.tmpdir=" + data.temporary());
        var builder = new ProcessBuilder(Jvm.command(HEAP_MEGABYTES, flags, program))
                .redirectInput(new File("/dev/null"))
                .redirectError(Redirect.to(errors.toFile()));
        builder.environment().put("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
        return builder.start();
    }

    private static @Nullable IngestMessage read(BufferedReader out, PrintWriter rest, ReplayProgress progress)
            throws IOException {
        IngestMessage done = null;
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            var message = IngestMessage.parse(line);
            if (message.isEmpty()) {
                rest.println(line);
                continue;
            }
            switch (message.get()) {
                case IngestMessage.Progress at -> progress.at("Replaying", at.done(), at.of());
                case IngestMessage.Done last -> done = last;
                case IngestMessage.Published last -> done = last;
            }
        }
        return done;
    }

    private IngestFailure failure(int exitCode, Path errors) throws IOException {
        var said = Files.readString(errors).strip();
        if (said.isEmpty()) {
            said = INTERRUPTED.contains(exitCode)
                    ? "the replay was interrupted; replay it again to have all of it"
                    : "ingest ended with exit code " + exitCode + "; it may say why in " + data.log(Part.INGEST);
        }
        return new IngestFailure(said, exitCode == 0 ? 1 : exitCode);
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException endingAlready) {
            // then it has run or will
        }
    }
}
