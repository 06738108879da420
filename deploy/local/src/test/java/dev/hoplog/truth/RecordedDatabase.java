package dev.hoplog.truth;

import dev.hoplog.api.projector.Batch;
import dev.hoplog.api.projector.GapBatch;
import dev.hoplog.api.projector.GapProjection;
import dev.hoplog.api.projector.Logged;
import dev.hoplog.api.projector.PositionLost;
import dev.hoplog.api.projector.Projection;
import dev.hoplog.local.FreePort;
import dev.hoplog.local.LocalPostgres;
import dev.hoplog.local.LocalPostgres.Durability;
import dev.hoplog.log.GapEntry;
import dev.hoplog.log.LogEntry;
import dev.hoplog.log.LogEntry.ChainPublished;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.View;
import dev.hoplog.streams.gap.MemoryInMaps;
import dev.hoplog.wire.GapCodec;
import dev.hoplog.wire.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL with the projection of a recording and of the chain that was published with it: what the projector would make
 * of what the diff and the gap step write, with nothing of Kafka in between.
 *
 * @param owner of the database
 */
record RecordedDatabase(LocalPostgres postgres, DataSource owner) implements AutoCloseable {
    private static final int PARTITIONS = 3;
    private static final String SCHEMA = "hoplog";

    static RecordedDatabase of(Recording recording, Path directory) throws Exception {
        var postgres = LocalPostgres.start(directory, FreePort.orGiven(0), Durability.TEMPORARY);
        try {
            var owner = as(postgres, postgres.user(), postgres.password());
            owner.setCurrentSchema(SCHEMA);
            Flyway.configure()
                    .dataSource(owner)
                    .schemas(SCHEMA)
                    .defaultSchema(SCHEMA)
                    .load()
                    .migrate();
            project(owner, recording.title(), logOf(recording));
            return new RecordedDatabase(postgres, owner);
        } catch (Exception | Error failed) {
            postgres.close();
            throw failed;
        }
    }

    private static PGSimpleDataSource as(LocalPostgres postgres, String user, String password) {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(postgres.jdbcUrl());
        dataSource.setUser(user);
        dataSource.setPassword(password);
        return dataSource;
    }

    private static List<LogEntry> logOf(Recording recording) throws Exception {
        var log = new ArrayList<LogEntry>();
        LabChain.timeline(recording.title(), LabChain.chain())
                .versions()
                .forEach(version -> log.add(new ChainPublished(version)));
        log.addAll(recording.log());
        return log;
    }

    private static void project(DataSource dataSource, String network, List<LogEntry> log)
            throws SQLException, PositionLost {
        var memory = new MemoryInMaps();
        var entries = RecordedDatabase.<LogEntry>partitions();
        for (var entry : log) {
            memory.take(entry);
            if (entry instanceof RouteEvent event && event.rib().view() != View.SESSIONS) {
                entries.get(Topics.partitionOf(event.key(), PARTITIONS)).add(entry);
            } else {
                entries.forEach(partition -> partition.add(entry));
            }
        }
        var projection = new Projection(dataSource);
        projection.begin(PARTITIONS);
        var gaps = new GapProjection(dataSource);
        var said = RecordedDatabase.<GapEntry>partitions();
        memory.told().forEach((subject, events) -> {
            var partition = said.get(Topics.partitionOf(RowKey.of(subject.prefix()), PARTITIONS));
            events.forEach(event -> partition.add(GapCodec.entry(network, subject.prefix(), event)));
        });
        for (int i = 0; i < PARTITIONS; i++) {
            var logged = logged(entries.get(i));
            projection.position(i, 0);
            projection.write(new Batch(i, 0, logged.size(), logged));
            var ofGaps = logged(said.get(i));
            gaps.position(i, 0);
            gaps.write(new GapBatch(i, 0, ofGaps.size(), ofGaps));
        }
    }

    private static <E> List<Logged<E>> logged(List<E> entries) {
        return IntStream.range(0, entries.size())
                .mapToObj(offset -> new Logged<>(offset, entries.get(offset)))
                .toList();
    }

    private static <T> List<List<T>> partitions() {
        return IntStream.range(0, PARTITIONS)
                .<List<T>>mapToObj(_ -> new ArrayList<>())
                .toList();
    }

    /** Whom README has made for Grafana. */
    DataSource grafana() throws SQLException {
        var password = "only in tests";
        try (var connection = owner.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE USER grafana PASSWORD '" + password + "' IN ROLE hoplog_grafana");
        }
        return as(postgres, "grafana", password);
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
