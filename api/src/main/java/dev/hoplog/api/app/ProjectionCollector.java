package dev.hoplog.api.app;

import dev.hoplog.api.query.HopFreshness;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.Collector;
import io.prometheus.client.GaugeMetricFamily;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * What only the projection knows, for Prometheus: how fresh every hop is and how far behind the log the projection is.
 * {@code docs/metrics.md} says what each number means.
 *
 * <p>Read when somebody scrapes, and then kept for some seconds: however many scrape, the database is asked once. While the
 * database or the broker does not answer, what they would say is missing, and one metric says so.
 */
@Singleton
public class ProjectionCollector extends Collector implements Collector.Describable {
    private static final Logger LOG = System.getLogger(ProjectionCollector.class.getName());
    private static final Duration LIMIT = Duration.ofSeconds(4);
    private static final Duration KEPT = Duration.ofSeconds(5);
    private static final double NANOS = 1e9;

    private final PrometheusMeterRegistry registry;
    private final DataSource dataSource;
    private final ProjectorThread projectors;
    private final LogEnds logEnds;
    private List<MetricFamilySamples> kept = List.of();
    private long keptSince;

    ProjectionCollector(
            PrometheusMeterRegistry registry,
            DataSource dataSource,
            ProjectorThread projectors,
            @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.registry = registry;
        this.dataSource = dataSource;
        this.projectors = projectors;
        this.logEnds = new LogEnds(kafka, LIMIT);
    }

    void start(@Observes StartupEvent event) {
        registry.getPrometheusRegistry().register(this);
    }

    void stop(@Observes ShutdownEvent event) {
        registry.getPrometheusRegistry().unregister(this);
        logEnds.close();
    }

    /** Nothing is known before it is asked for. */
    @Override
    public List<MetricFamilySamples> describe() {
        return List.of();
    }

    @Override
    public synchronized List<MetricFamilySamples> collect() {
        if (kept.isEmpty() || System.nanoTime() - keptSince > KEPT.toNanos()) {
            kept = read();
            keptSince = System.nanoTime();
        }
        return kept;
    }

    private List<MetricFamilySamples> read() {
        var families = new ArrayList<MetricFamilySamples>();
        families.add(up());
        double complete = 0;
        try {
            var freshness = HopFreshness.read(dataSource, LIMIT);
            families.addAll(freshness(freshness.groups()));
            families.add(lag(freshness));
            complete = 1;
        } catch (SQLException | ExecutionException | TimeoutException e) {
            LOG.log(Level.WARNING, "metrics are missing: the database or the broker does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        families.add(new GaugeMetricFamily(
                "hoplog_metrics_complete", "0: the database or the broker did not answer.", complete));
        return List.copyOf(families);
    }

    private MetricFamilySamples up() {
        var up = new GaugeMetricFamily(
                "hoplog_projector_up", "0: it has ended, or a partition stands still.", List.of("topic"));
        projectors
                .projectors()
                .forEach(projector -> up.addMetric(
                        List.of(projector.topic()),
                        projector.failure().isEmpty() && projector.stopped().isEmpty() ? 1 : 0));
        return up;
    }

    private MetricFamilySamples lag(HopFreshness freshness)
            throws ExecutionException, TimeoutException, InterruptedException {
        var lag = new GaugeMetricFamily(
                "hoplog_projection_lag_records", "Offsets that are not projected yet.", List.of("topic", "partition"));
        logEnds.behind(freshness.positions())
                .forEach((partition, offsets) ->
                        lag.addMetric(List.of(partition.topic(), String.valueOf(partition.partition())), offsets));
        return lag;
    }

    private static List<MetricFamilySamples> freshness(List<HopFreshness.Group> groups) {
        var tables = new GaugeMetricFamily(
                "hoplog_hop_tables",
                "Tables, by whether the last scrape observed them.",
                List.of("network", "node", "hop", "view", "state"));
        var oldest = observed("oldest", "The table that is known for the shortest is known up to here.");
        var newest = observed("newest", "The table that is known for the longest is known up to here.");
        for (var group : groups) {
            var labels = List.of(group.network(), group.node(), group.hop(), String.valueOf(group.view()));
            tables.addMetric(with(labels, "observed"), group.observed());
            tables.addMetric(with(labels, "blind"), group.blind());
            tables.addMetric(with(labels, "unread"), group.unread());
            group.oldest().ifPresent(time -> oldest.addMetric(labels, seconds(time)));
            group.newest().ifPresent(time -> newest.addMetric(labels, seconds(time)));
        }
        return List.of(tables, oldest, newest);
    }

    private static GaugeMetricFamily observed(String which, String help) {
        return new GaugeMetricFamily(
                "hoplog_hop_observed_" + which + "_timestamp_seconds", help, List.of("network", "node", "hop", "view"));
    }

    private static List<String> with(List<String> labels, String state) {
        return Stream.concat(labels.stream(), Stream.of(state)).toList();
    }

    private static double seconds(Instant instant) {
        return instant.getEpochSecond() + instant.getNano() / NANOS;
    }
}
