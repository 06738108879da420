package dev.hoplog.streams;

import dev.hoplog.streams.topology.DiffTopology;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.apache.kafka.streams.Topology;

/** Hands the topology to the Quarkus extension, which runs it. */
@ApplicationScoped
public class DiffService {
    @Produces
    Topology topology(MeterRegistry registry) {
        return DiffTopology.build(registry);
    }
}
