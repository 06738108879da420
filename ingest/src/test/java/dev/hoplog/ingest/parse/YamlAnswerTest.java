package dev.hoplog.ingest.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hoplog.model.FailureReason;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlAnswerTest {
    @Test
    void shouldReadDocumentsWithoutGuessingTypes() throws UnusableOutput {
        assertThat(
                        read(
                                "---\na: 7\nb: \"7\"\nc: ''\nd: null\ne: [x, 010, 1:20, 0x10]\nf:\n    - g: true\n      h: -3\n---\na: fd00::/64\n"))
                .containsExactly(
                        "{\"a\":7,\"b\":\"7\",\"c\":\"\",\"e\":[\"x\",\"010\",\"1:20\",\"0x10\"],\"f\":[{\"g\":true,\"h\":-3}]}",
                        "{\"a\":\"fd00::/64\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: &x 1\nb: *x\n",
                "a: !!java.net.URL [x]\n",
                "a: 1\na: 2\n",
                "a: {b: 1\n",
                "a: 1\n b: 2\n",
                "a: 1\n--- 7\n",
                "a: 1\n---\n",
                "a: \"\\U99999999\"\n",
                "a: 1\n...\n%YAML 99999999999.1\n---\na: 1\n",
                "a: \u0000\n",
                "? {a: 1}\n: 2\n",
            })
    void shouldRefuseWhatNoProgramPrints(String yaml) {
        assertThat(failure(yaml.startsWith("a") ? yaml : "a: 1\n---\n" + yaml)).isEqualTo(FailureReason.UNPARSABLE);
    }

    @Test
    void shouldSeeThatTheLastLineIsCut() {
        assertThat(failure("a: 1\nb: 23")).isEqualTo(FailureReason.TRUNCATED);
        assertThat(failure("a: \"1")).isEqualTo(FailureReason.TRUNCATED);
    }

    @Test
    void shouldTakeWordsForARefusal() {
        assertThat(failure("error: connection refused\n")).isEqualTo(FailureReason.UNREACHABLE);
        assertThat(failure(" \n")).isEqualTo(FailureReason.UNREACHABLE);
    }

    @Test
    void shouldStopInDeepAndInEndlessDocuments() {
        assertThat(failure("a: " + "[".repeat(100_000))).isIn(FailureReason.UNPARSABLE, FailureReason.TRUNCATED);
        assertThat(failure("a: " + "{a: ".repeat(100_000))).isIn(FailureReason.UNPARSABLE, FailureReason.TRUNCATED);
        var endless = new InputStream() {
            private long read;

            @Override
            public int read() {
                return read++ < 3 ? "a: ".charAt((int) read - 1) : 'x';
            }
        };

        var thrown =
                catchThrowableOfType(UnusableOutput.class, () -> YamlAnswer.objects(endless, "a:", document -> {}));

        assertThat(thrown).hasMessageContaining("more than");
        assertThat(endless.read).isLessThan(3_000_000);
    }

    private static FailureReason failure(String yaml) {
        return catchThrowableOfType(UnusableOutput.class, () -> read(yaml)).reason();
    }

    private static List<String> read(String yaml) throws UnusableOutput {
        var documents = new ArrayList<String>();
        YamlAnswer.objects(
                new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)),
                "a:",
                document -> documents.add(document.toString()));
        return documents;
    }
}
