package dev.hoplog.local.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs {@code deploy/hoplog} as a user does, over what this build has made. */
record Program(Path data) {
    private static final Path HOME = Path.of("../..").toAbsolutePath().normalize();
    private static final int LIMIT_SECONDS = 300;

    /** How it ended. */
    record Result(int exitCode, String out, String err) {}

    static Path recording(String name) {
        return HOME.resolve("deploy/recordings/" + name + "/capture.tar.gz");
    }

    Result run(String... arguments) throws IOException, InterruptedException {
        var process = start(arguments);
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroy();
            throw new IOException("hoplog " + String.join(" ", arguments) + " did not end; " + said(data, "err"));
        }
        return new Result(process.exitValue(), said(data, "out"), said(data, "err"));
    }

    Process start(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(HOME.resolve("deploy/hoplog").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .directory(data.toFile())
                .redirectOutput(data.resolve("out").toFile())
                .redirectError(data.resolve("err").toFile());
        builder.environment().put("HOPLOG_BUILD", "no"); // this build is under way
        builder.environment().put("HOPLOG_DATA", data.resolve("stack").toString());
        builder.environment().put("TMPDIR", data.toString());
        builder.environment().put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + data);
        return builder.start();
    }

    static String said(Path data, String stream) {
        try {
            return Files.readString(data.resolve(stream)).replaceAll("Picked up JAVA_TOOL_OPTIONS.*\\R", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
