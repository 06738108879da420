package dev.hoplog.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private final StringWriter err = new StringWriter();

    @Test
    void shouldPrintFewPlainLinesWhereThereIsNoTerminal() {
        try (var progress = new ProgressLine(new PrintWriter(err), false)) {
            progress.step("Starting the broker");
            for (int done = 0; done <= 840; done++) {
                progress.at("Replaying", done, 840);
            }
            progress.at("Diffing", 5, 5);
        }
        assertThat(err.toString().lines())
                .containsExactly(
                        "Starting the broker",
                        "Replaying: 210 of 840",
                        "Replaying: 420 of 840",
                        "Replaying: 630 of 840",
                        "Replaying: 840 of 840",
                        "Diffing: 5 of 5");
    }

    @Test
    void shouldDrawABarOnATerminalAndWipeItAtTheEnd() {
        try (var progress = new ProgressLine(new PrintWriter(err), true)) {
            progress.at("Replaying", 420, 840);
            progress.at("Replaying", 420, 840);
        }
        assertThat(err).hasToString("\r\033[KReplaying  [###############---------------] 420 of 840\r\033[K");
    }
}
