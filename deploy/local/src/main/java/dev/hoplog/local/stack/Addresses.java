package dev.hoplog.local.stack;

/**
 * Where the parts of a stack listen, each as host and port; the database as its JDBC driver wants it.
 *
 * @param ownKafka whether the broker is the stack's own
 * @param ownDatabase whether PostgreSQL is the stack's own
 */
public record Addresses(
        String api, String streams, String kafka, boolean ownKafka, String jdbcUrl, boolean ownDatabase) {}
