package dev.hoplog.local.stack;

import dev.hoplog.local.LocalPostgres;
import dev.hoplog.local.stack.StackState.Phase;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A supervisor of a data directory, seen from outside: started into the background, awaited, stopped. */
public final class Background {
    private static final Duration UP_LIMIT = Duration.ofMinutes(5);
    private static final Duration DOWN_LIMIT = Duration.ofSeconds(90);
    /** The broker lives in it. */
    private static final int HEAP_MEGABYTES = 512;

    private final DataDirectory data;
    private final Installation installation;
    private final StackProcesses processes;

    public Background(DataDirectory data, Installation installation) {
        this.data = data;
        this.installation = installation;
        this.processes = new StackProcesses(data.root());
    }

    public boolean isRunning() {
        return !processes.running(Part.SUPERVISOR).isEmpty();
    }

    /** What the living supervisor says; empty if there is none, or if it has not said anything yet. */
    public Optional<StackState> state() throws IOException {
        var living = processes.running(Part.SUPERVISOR).stream()
                .map(ProcessHandle::pid)
                .toList();
        return StackState.read(data).filter(state -> living.contains(state.supervisor()));
    }

    /** Starts the stack if it does not run, and returns when it is ready. Broken off, it stops what it started. */
    public Addresses up(int apiPort, Consumer<String> step) throws IOException {
        if (isRunning()) {
            return awaitReady(this::isRunning, step);
        }
        var started = start(apiPort);
        var stopAgain = new Thread(started::destroy, "stop what is not ready");
        Runtime.getRuntime().addShutdownHook(stopAgain);
        // Of those that several users may start at once, one gets the lock: that one is as good.
        var ready = awaitReady(() -> started.isAlive() || isRunning(), step);
        Runtime.getRuntime().removeShutdownHook(stopAgain);
        return ready;
    }

    private Process start(int apiPort) throws IOException {
        var supervise = List.of("supervise", "--data", data.root().toString(), "--port", String.valueOf(apiPort));
        var log = data.log(Part.SUPERVISOR).toFile();
        return new ProcessBuilder(inASessionOfItsOwn(
                        installation.hoplog(HEAP_MEGABYTES, processes.flags(Part.SUPERVISOR), supervise)))
                .directory(data.root().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(Redirect.appendTo(log))
                .redirectError(Redirect.appendTo(log))
                .start();
    }

    /** So that neither ^C nor the end of the user's session reaches it. Where there is no setsid, they may. */
    static List<String> inASessionOfItsOwn(List<String> command) {
        var setsid = Path.of("/usr/bin/setsid");
        if (!Files.isExecutable(setsid)) {
            return command;
        }
        var whole = new ArrayList<>(List.of(setsid.toString()));
        whole.addAll(command);
        return whole;
    }

    private Addresses awaitReady(BooleanSupplier running, Consumer<String> step) throws IOException {
        var ready = new ArrayList<Addresses>();
        Await.until("everything was ready; see " + data.log(Part.SUPERVISOR), UP_LIMIT, () -> {
            var state = StackState.read(data); // first: a supervisor says why before it ends
            if (!running.getAsBoolean()) {
                throw notStarted(state);
            }
            var said = state().orElse(null);
            if (said != null && said.phase() == Phase.STARTING) {
                step.accept(said.message());
            }
            if (said != null && said.phase() == Phase.READY) {
                said.addresses().ifPresent(ready::add);
            }
            return !ready.isEmpty();
        });
        return ready.getFirst();
    }

    private IOException notStarted(Optional<StackState> lastSaid) {
        var log = data.log(Part.SUPERVISOR);
        return new IOException(lastSaid.filter(state -> state.phase() == Phase.FAILED)
                .map(state -> "Hoplog did not start: " + state.message())
                .orElse("Hoplog did not start; it says why at the end of " + log));
    }

    /** Stops the stack, or what a killed supervisor left of it. False: there was nothing to stop. */
    public boolean down() throws IOException {
        var supervisors = processes.running(Part.SUPERVISOR);
        supervisors.forEach(ProcessHandle::destroy);
        Await.until("everything was stopped (see " + data.log(Part.SUPERVISOR) + ")", DOWN_LIMIT, () -> !isRunning());
        processes.stop(Part.INGEST); // which has nobody to publish to any more
        var orphans = !processes.running(Part.API).isEmpty()
                || !processes.running(Part.STREAMS).isEmpty()
                || LocalPostgres.server(data.postgres()).isPresent();
        if (orphans) {
            Supervisor.stopOrphans(data);
        }
        StackState.remove(data);
        return orphans || !supervisors.isEmpty();
    }
}
