package dev.hoplog.local.command;

import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;

/** Where this JVM's log goes. A command's output is for its user: what libraries have to say never mixes with it. */
final class Logs {
    /** Kafka's server logs hundreds of lines of a start that goes well, and some of them as warnings. */
    private static final Map<String, Level> LEVELS = Map.of(
            "", Level.INFO,
            "kafka", Level.WARNING,
            "org.apache.kafka", Level.WARNING,
            "org.apache.kafka.controller.QuorumController", Level.SEVERE,
            "org.apache.kafka.clients.NetworkClient", Level.SEVERE,
            "state.change.logger", Level.WARNING);

    /** The JDK forgets the level of a logger that nobody holds. */
    private static final List<Logger> HELD =
            LEVELS.keySet().stream().map(Logger::getLogger).toList();

    private Logs() {}

    static void none() {
        HELD.forEach(logger -> logger.setLevel(LEVELS.get(logger.getName())));
        var root = Logger.getLogger("");
        for (var handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
    }

    static void to(OutputStream out) {
        none();
        System.setProperty(
                "java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT.%1$tL%1$tz %4$-7s [%3$s] %5$s%6$s%n");
        var handler = new Flushing(out);
        handler.setLevel(Level.ALL);
        Logger.getLogger("").addHandler(handler);
    }

    private static final class Flushing extends StreamHandler {
        Flushing(OutputStream out) {
            super(out, new SimpleFormatter());
        }

        @Override
        public synchronized void publish(LogRecord record) {
            super.publish(record);
            flush();
        }
    }
}
