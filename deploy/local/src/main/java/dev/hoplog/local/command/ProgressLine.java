package dev.hoplog.local.command;

import dev.hoplog.local.stack.ReplayProgress;
import java.io.PrintWriter;

/**
 * Progress for people, on standard error: on a terminal one line with a bar that is drawn again and again, otherwise a few
 * plain lines.
 */
final class ProgressLine implements ReplayProgress, AutoCloseable {
    private static final int BAR_WIDTH = 30;
    private static final int PLAIN_LINES = 4;
    /** Back to the first column, and wipe the line. */
    private static final String ANEW = "\r\033[K";

    private final PrintWriter err;
    private final boolean terminal;
    private String shown = "";
    private String phase = "";
    private long quarters;

    ProgressLine(PrintWriter err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    /** {@code deploy/hoplog} says whether standard error is a terminal: Java cannot tell. */
    static ProgressLine on(PrintWriter err) {
        return new ProgressLine(err, Boolean.getBoolean("hoplog.terminal"));
    }

    /** Something that has no measure; may be said again and again. */
    synchronized void step(String what) {
        if (terminal) {
            draw(what + " ...");
        } else if (!what.equals(phase)) {
            phase = what;
            say(what);
        }
    }

    @Override
    public synchronized void at(String what, long done, long of) {
        if (terminal) {
            draw("%-10s %s %d of %d".formatted(what, bar(done, of), done, of));
            return;
        }
        if (!what.equals(phase)) {
            phase = what;
            quarters = 0;
        }
        var reached = of == 0 ? PLAIN_LINES : done * PLAIN_LINES / of;
        if (reached > quarters) {
            quarters = reached;
            say("%s: %d of %d".formatted(what, done, of));
        }
    }

    private static String bar(long done, long of) {
        var full = of == 0 ? BAR_WIDTH : (int) (BAR_WIDTH * Math.min(done, of) / of);
        return "[" + "#".repeat(full) + "-".repeat(BAR_WIDTH - full) + "]";
    }

    private void draw(String line) {
        if (!line.equals(shown)) {
            err.print(ANEW + line);
            err.flush();
            shown = line;
        }
    }

    private void say(String line) {
        err.println(line);
        err.flush();
    }

    /** Leaves nothing on the terminal: what counts is the answer that follows. */
    synchronized void clear() {
        if (!shown.isEmpty()) {
            err.print(ANEW);
            err.flush();
            shown = "";
        }
    }

    @Override
    public void close() {
        clear();
    }
}
