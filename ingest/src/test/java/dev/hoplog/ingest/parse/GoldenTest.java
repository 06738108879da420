package dev.hoplog.ingest.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Raw outputs as captured, and beside each what is to be read in it. {@code -Dgolden.write=true} writes the latter anew. */
class GoldenTest {
    static Stream<GoldenCase> cases() throws IOException {
        return GoldenCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldReadWhatIsExpected(GoldenCase golden) throws IOException {
        var actual = read(golden);

        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(golden.expected(), actual);
        }
        assertThat(actual).isEqualTo(Files.readString(golden.expected()));
    }

    @Test
    void shouldListEveryGoldenFile() throws IOException {
        var listed = GoldenCase.all().map(GoldenCase::file).collect(Collectors.toSet());

        assertThat(listed).isEqualTo(GoldenCase.files());
    }

    private static String read(GoldenCase golden) throws IOException {
        try {
            return GoldenText.of(golden.parse(golden.raw()), golden.clock());
        } catch (UnusableOutput e) {
            return GoldenText.of(e);
        }
    }
}
