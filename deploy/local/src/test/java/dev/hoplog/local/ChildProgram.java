package dev.hoplog.local;

import java.io.IOException;
import java.nio.file.Path;

/** A program in a JVM of its own that starts both servers, writes to both, and then waits to be killed. */
final class ChildProgram {

    static final String READY = "ready";

    private ChildProgram() {}

    /** Returns when the program has written. */
    static Process start(Path directory) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChildProgram.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var line = process.inputReader().readLine();
        if (!READY.equals(line)) {
            throw new IOException("the program said " + line);
        }
        return process;
    }

    public static void main(String[] arguments) throws Exception {
        var directory = Path.of(arguments[0]);
        var postgres = LocalPostgres.start(directory);
        LocalPostgresTest.execute(postgres, "CREATE TABLE written AS SELECT 1 AS n");
        var kafka = EmbeddedKafka.start(directory.resolve("kafka"));
        EmbeddedKafkaTest.createTopic(kafka, "written");
        EmbeddedKafkaTest.write(kafka, "written", "1");
        System.out.println(READY);
        Thread.currentThread().join();
    }
}
