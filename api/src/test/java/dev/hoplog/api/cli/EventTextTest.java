package dev.hoplog.api.cli;

import static dev.hoplog.api.cli.Examples.route;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.v1.ChangeKind;
import dev.hoplog.v1.Event;
import dev.hoplog.v1.Row;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventTextTest {
    @ParameterizedTest
    @CsvSource({
        "1, less than 1 ms",
        "499, less than 1 ms",
        "500, 1 ms",
        "-12345, 12 ms",
        "999499, 999 ms",
        "999500, 1 s",
        "1234567, 1.235 s",
        "9999499, 9.999 s",
        "10499999, 10 s",
        "-10500000, 11 s",
        "3600000000, 1 h 0 min",
    })
    void shouldSayInAUnitForPeopleHowFarAClockIsOff(long micros, String words) {
        var event = Event.newBuilder()
                .setKind(ChangeKind.CHANGE_KIND_APPEARED)
                .setAfter(Row.newBuilder().setRoute(route()))
                .setClockSuspectUs(micros);
        assertThat(EventText.of(event.build())).endsWith(" (a clock is off by " + words + ")");
        assertThat(EventText.of(event.clearClockSuspectUs().build())).doesNotContain("clock");
    }
}
