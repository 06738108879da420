package dev.hoplog.local.stack;

import dev.hoplog.local.LocalPostgres;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The log and the projection of a stack that runs, for whoever looks at them directly. */
public record RunningStack(Addresses addresses, Database database) {
    /** The schema that the api projects into, if nobody told it otherwise. */
    public static final String LIVE_SCHEMA = "hoplog";

    /** Empty: none runs on the directory, or it is not that far yet. */
    public static Optional<RunningStack> of(DataDirectory data, Installation installation, Outside outside)
            throws IOException {
        var addresses = new Background(data, installation).state().flatMap(StackState::addresses);
        if (addresses.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new RunningStack(addresses.get(), database(addresses.get(), data, outside)));
    }

    private static Database database(Addresses addresses, DataDirectory data, Outside outside) throws IOException {
        if (addresses.ownDatabase()) {
            return new Database(addresses.jdbcUrl(), LocalPostgres.USER, LocalPostgres.password(data.postgres()));
        }
        return outside.database()
                .filter(known -> known.url().equals(addresses.jdbcUrl()))
                .orElseThrow(() -> new IOException("the stack uses the database " + addresses.jdbcUrl()
                        + ": set HOPLOG_JDBC_URL, HOPLOG_JDBC_USER and HOPLOG_JDBC_PASSWORD as for `up`"));
    }

    /** Connections stand in the schema. */
    public DataSource schema(String name) {
        var source = new PGSimpleDataSource();
        source.setUrl(database.url());
        source.setUser(database.user());
        source.setPassword(database.password());
        source.setCurrentSchema(name);
        source.setApplicationName("hoplog");
        return source;
    }

    /** How a Kafka client finds the log. */
    public Map<String, Object> log() {
        return Map.of("bootstrap.servers", addresses.kafka());
    }
}
