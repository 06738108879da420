package dev.hoplog.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.View;
import dev.hoplog.wire.LogKey;
import dev.hoplog.wire.RandomValues;
import org.junit.jupiter.api.Test;

class LogPartitionerTest {
    @Test
    void shouldSendRouteEventsToOnePartitionAndAllElseToEvery() {
        var values = new RandomValues(21);
        var partitioner = new LogPartitioner();
        for (int i = 0; i < 1_000; i++) {
            var entry = values.logEntry();
            var partitions =
                    partitioner.partitions("log", LogKey.of(entry), entry, 4).orElseThrow();
            boolean route = entry instanceof RouteEvent event && event.rib().view() != View.SESSIONS;
            assertThat(partitions).hasSize(route ? 1 : 4).allMatch(partition -> partition >= 0 && partition < 4);
        }
    }
}
