package dev.hoplog.ingest.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.ingest.parse.bird.BirdDetail;
import dev.hoplog.ingest.parse.bird.BirdForm;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command of birdc shows, whatever ran it; what shows a part must never be taken for a table. */
class BirdCommandTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "birdc show route all",
                "birdc -s /run/bird.ctl -r show route all",
                "ssh -v solwk02 /usr/sbin/birdc show route all",
                "docker exec -it bird birdcl show route all",
            })
    void shouldKnowABirdListing(String line) {
        assertThat(BirdCommand.of(words(line)))
                .contains(new BirdCommand.Routes(new BirdCommand.Unasked(), BirdDetail.ALL));
        assertThat(BirdCommand.form(words(line))).isEqualTo(BirdForm.BIRDC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "birdc -v show route table master6 all",
                "birdc -rv show route all table master6",
                "birdc -s /run/bird.ctl -vr show route table master6 all",
            })
    void shouldKnowABirdListingOfOneTableWithItsMarks(String line) {
        assertThat(BirdCommand.of(words(line)))
                .contains(new BirdCommand.Routes(new BirdCommand.One("master6"), BirdDetail.ALL));
        assertThat(BirdCommand.form(words(line))).isEqualTo(BirdForm.BIRDC_VERBOSE);
    }

    @Test
    void shouldKnowABirdListingWithoutAttributes() {
        assertThat(BirdCommand.of(words("birdc show route")))
                .contains(new BirdCommand.Routes(new BirdCommand.Unasked(), BirdDetail.BRIEF));
        assertThat(BirdCommand.of(words("birdc -v show route table t6")))
                .contains(new BirdCommand.Routes(new BirdCommand.One("t6"), BirdDetail.BRIEF));
    }

    @Test
    void shouldKnowABirdListingOfEveryTable() {
        assertThat(BirdCommand.of(words("birdc show route table all all")))
                .contains(new BirdCommand.Routes(new BirdCommand.Every(), BirdDetail.ALL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "birdc show route primary",
                "birdc show route all primary",
                "birdc show route export",
                "birdc show route export upstream noexport upstream",
                "birdc show route export upstream all primary",
                "birdc show route export upstream fd00::/64 all",
                "birdc show route export upstream filtered",
                "birdc show route export upstream count",
                "birdc show routes",
                "birdc show route for fd00::1 all",
                "birdc show route protocol upstream all",
                "birdc show route table master6 all table other",
                "birdc show route all | head",
                "birdc show protocols",
            })
    void shouldNotTakeAPartOfBirdForATable(String line) {
        assertThat(BirdCommand.of(words(line))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "birdc show route exported up, EXPORTED, , BRIEF",
        "birdc show route exported up all, EXPORTED, , ALL",
        "birdc show route table t6 export up all, EXPORT, t6, ALL",
        "birdc show route all noexport up table t6, NOEXPORT, t6, ALL",
        "birdc -v show route preexport up table t6, PREEXPORT, t6, BRIEF",
    })
    void shouldKnowWhatOfAProtocolsExportsIsShown(
            String line, BirdCommand.Claim claim, @Nullable String table, BirdDetail detail) {
        assertThat(BirdCommand.of(words(line)))
                .contains(new BirdCommand.Export(
                        claim, "up", table == null ? new BirdCommand.Unasked() : new BirdCommand.One(table), detail));
    }

    @Test
    void shouldKnowWhatBirdFiltered() {
        assertThat(BirdCommand.of(words("birdc show route filtered table t6 all")))
                .contains(new BirdCommand.Filtered(new BirdCommand.One("t6"), BirdDetail.ALL));
        assertThat(BirdCommand.of(words("birdc show route table t6 filtered")))
                .contains(new BirdCommand.Filtered(new BirdCommand.One("t6"), BirdDetail.BRIEF));
    }

    @Test
    void shouldTakeWhatWasNotAskedThroughBirdcForTheControlSocketsOwnWords() {
        assertThat(BirdCommand.form(List.of("socat", "-", "UNIX-CONNECT:/run/bird.ctl", "show route all")))
                .isEqualTo(BirdForm.CONTROL_SOCKET);
        assertThat(BirdCommand.of(List.of("socat", "-", "UNIX-CONNECT:/run/bird.ctl", "show route all")))
                .contains(new BirdCommand.Routes(new BirdCommand.Unasked(), BirdDetail.ALL));
    }

    private static List<String> words(String line) {
        return List.of(line.split(" "));
    }
}
