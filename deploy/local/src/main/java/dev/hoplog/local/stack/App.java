package dev.hoplog.local.stack;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Quarkus program of ours as a child process, configured by its environment alone. */
final class App implements Service {
    private static final int HEAP_MEGABYTES = 320;

    private final Part part;
    private final Path jar;
    private final int port;
    private final Map<String, String> environment;
    private final DataDirectory data;
    private @Nullable Process process;

    /** @param port where it serves {@code /q/health/ready} */
    App(Part part, Path jar, int port, Map<String, String> environment, DataDirectory data) {
        this.part = part;
        this.jar = jar;
        this.port = port;
        this.environment = environment;
        this.data = data;
    }

    @Override
    public Part part() {
        return part;
    }

    @Override
    public void start() throws IOException {
        var flags = new StackProcesses(data.root()).flags(part);
        var builder = new ProcessBuilder(Jvm.command(HEAP_MEGABYTES, flags, List.of("-jar", jar.toString())))
                .directory(data.root().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(data.log(part).toFile()));
        builder.environment().putAll(environment);
        process = builder.start();
    }

    @Override
    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    @Override
    public boolean isReady() {
        return isAlive() && Readiness.at("127.0.0.1:" + port);
    }

    @Override
    public void close() throws IOException {
        if (process != null) {
            process.destroy();
            new StackProcesses(data.root()).stop(part);
            process = null;
        }
    }
}
