package dev.hoplog.api.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeArgumentTest {
    private final TimeArgument argument = new TimeArgument();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-23T04:38:20Z",
                "2026-11-23 04:38:20Z",
                "2026-11-23T05:38:20+01:00",
                "2026-11-23T05:38:20+01:00[Europe/Berlin]",
                "2026-11-23t04:38:20.000z"
            })
    void shouldTakeAnyZone(String text) {
        assertThat(argument.convert(text)).isEqualTo(Examples.time("2026-11-23T04:38:20Z"));
    }

    @Test
    void shouldKeepNanoseconds() {
        assertThat(argument.convert("2026-11-23T04:38:20.123456789Z").getNanos())
                .isEqualTo(123_456_789);
    }

    @Test
    void shouldRefuseATimeWithoutZoneWithTheMendedForm() {
        assertThatThrownBy(() -> argument.convert("2026-11-23 04:38"))
                .hasMessage(
                        "'2026-11-23 04:38' has no zone: say 2026-11-23T04:38Z if it is UTC, or add its offset, such"
                                + " as 2026-11-23T04:38+01:00");
    }

    @Test
    void shouldRefuseADateWithTheMendedForm() {
        assertThatThrownBy(() -> argument.convert("2026-11-23"))
                .hasMessageContaining("is not a time: say 2026-11-23T00:00:00Z");
    }

    @Test
    void shouldRefuseWhatIsNoTimeWithAnExample() {
        assertThatThrownBy(() -> argument.convert("yesterday"))
                .hasMessageContaining("'yesterday' is not a time")
                .hasMessageContaining("2026-11-23T04:38:20Z");
    }
}
