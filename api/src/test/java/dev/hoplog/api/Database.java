package dev.hoplog.api;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** One PostgreSQL for all tests of a JVM; a fresh, migrated schema for whoever asks. */
public final class Database {
    private static final List<Logger> TALKATIVE =
            Stream.of("io.zonky.test", "org.flywaydb").map(Logger::getLogger).toList();
    private static final EmbeddedPostgres SERVER = start();
    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    private Database() {}

    private static EmbeddedPostgres start() {
        TALKATIVE.forEach(logger -> logger.setLevel(Level.WARNING));
        try {
            return EmbeddedPostgres.builder().setServerConfig("jit", "off").start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A data source whose connections stand in a schema of that name, which need not exist. */
    public static PGSimpleDataSource in(String schema) {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(url());
        dataSource.setUser("postgres");
        dataSource.setCurrentSchema(schema);
        return dataSource;
    }

    public static String url() {
        return SERVER.getJdbcUrl("postgres", "postgres");
    }

    public static DataSource fresh() {
        var schema = "test_" + SCHEMAS.incrementAndGet();
        migrate(schema);
        return in(schema);
    }

    public static void migrate(String schema) {
        Flyway.configure()
                .dataSource(in(schema))
                .schemas(schema)
                .defaultSchema(schema)
                .load()
                .migrate();
    }
}
