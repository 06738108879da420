package dev.hoplog.local.stack;

/**
 * Where the parts of a stack listen, each as host and port; the database as its JDBC driver wants it.
 *
 * @param api gRPC
 * @param apiHttp where the api tells its health and metrics, as streams does where it listens
 * @param ownKafka whether the broker is the stack's own
 * @param ownDatabase whether PostgreSQL is the stack's own
 */
public record Addresses(
        String api,
        String apiHttp,
        String streams,
        String kafka,
        boolean ownKafka,
        String jdbcUrl,
        boolean ownDatabase) {}
