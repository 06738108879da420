package dev.hoplog.local.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The command line of a Java program of ours, run by the Java that runs this one. */
final class Jvm {
    /** More flags for every JVM that is started, separated by blanks; they win over ours. */
    private static final String MORE_FLAGS = "HOPLOG_JVM_FLAGS";

    private Jvm() {}

    static List<String> command(int heapMegabytes, List<String> flags, List<String> program) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.add("-Xmx" + heapMegabytes + "m");
        command.add("-XX:+UseSerialGC");
        command.add("-XX:+ExitOnOutOfMemoryError");
        // Netty, RocksDB and Kafka's compressors do what the JVM would warn about.
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.add("--enable-native-access=ALL-UNNAMED");
        Stream.of(System.getenv().getOrDefault(MORE_FLAGS, "").split(" ", -1))
                .filter(flag -> !flag.isEmpty())
                .forEach(command::add);
        command.addAll(program);
        return command;
    }
}
