package dev.hoplog.local.stack;

import java.util.Map;
import java.util.Optional;

/**
 * A Kafka and a PostgreSQL that others run, where the environment names them. What it does not name, the stack runs itself.
 *
 * @param kafka bootstrap servers
 */
public record Outside(Optional<String> kafka, Optional<Database> database) {
    /** Everything is the stack's own. */
    public static Outside none() {
        return new Outside(Optional.empty(), Optional.empty());
    }

    public static Outside of(Map<String, String> environment) {
        return new Outside(
                value(environment, "HOPLOG_KAFKA_BOOTSTRAP_SERVERS"),
                value(environment, "HOPLOG_JDBC_URL")
                        .map(url -> new Database(
                                url,
                                value(environment, "HOPLOG_JDBC_USER").orElse(""),
                                value(environment, "HOPLOG_JDBC_PASSWORD").orElse(""))));
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
