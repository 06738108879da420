package dev.hoplog.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IngestMessageTest {
    @Test
    void shouldReadProgress() {
        assertThat(IngestMessage.parse("{\"event\":\"progress\",\"done\":12,\"of\":840}"))
                .contains(new IngestMessage.Progress(12, 840));
    }

    @Test
    void shouldReadWhereTheRecordsEnd() {
        assertThat(IngestMessage.parse("""
                        {"event":"done","network":"lab","snapshots":840,"failures":1,"next_offsets":{"0":123,"11":77}}""")).contains(new IngestMessage.Done("lab", 840, 1, Map.of(0, 123L, 11, 77L)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "INFO started", "{ half", "{\"event\":\"of a later version\"}", "{}"})
    void shouldPassOverWhatIsNeither(String line) {
        assertThat(IngestMessage.parse(line)).isEmpty();
    }
}
