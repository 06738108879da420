package dev.hoplog.ingest.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hoplog.ingest.capture.Unpacker.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureFolderTest {
    private static final String A_FILE = "capture/1795408670324/pve02/frr/_index.jsonl";

    @TempDir
    private Path home;

    /** What archives are unpacked in. */
    @TempDir
    private Path temporary;

    @AfterEach
    void shouldLeaveNoTemporaryFolder() {
        assertThat(temporary).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({
        "recordings/stop-reaching-pve02/capture, recordings/stop-reaching-pve02, stop-reaching-pve02",
        "recordings/stop-reaching-pve02/capture, recordings/stop-reaching-pve02/capture, stop-reaching-pve02",
        "monday, monday, monday",
        "my lab (2), my lab (2), my-lab-2-",
    })
    void shouldOpenADirectory(String holds, String given, String name) throws Exception {
        Files.createDirectories(home.resolve(holds).resolve("1795408670324/pve02/frr"));

        try (var capture = CaptureFolder.open(home.resolve(given))) {
            assertThat(capture.name()).isEqualTo(name);
            assertThat(capture.root()).isEqualTo(home.resolve(holds));
            assertThat(capture.scrapes()).hasSize(1);
        }

        assertThat(home.resolve(holds)).isDirectory();
    }

    @ParameterizedTest
    @CsvSource({
        "stop-reaching-pve02/capture.tar.gz, stop-reaching-pve02",
        "stop-reaching-pve02/capture.tgz, stop-reaching-pve02",
        "monday.tar.gz, monday",
        "monday.tgz, monday",
    })
    void shouldUnpackAnArchiveAndRemoveItAtTheEnd(String file, String name) throws Exception {
        var archive = home.resolve(file);
        Files.createDirectories(archive.getParent());
        write(archive, entry(A_FILE, "{}"));

        Path root;
        try (var capture = CaptureFolder.open(archive)) {
            root = capture.root();
            assertThat(capture.name()).isEqualTo(name);
            assertThat(capture.scrapes()).hasSize(1);
            assertThat(capture.scrapes().getFirst().resolve("pve02/frr/_index.jsonl"))
                    .hasContent("{}");
        }

        assertThat(root).doesNotExist();
    }

    @Test
    void shouldOrderScrapesByTimeAndNotByLetters() throws Exception {
        for (var time : List.of("999", "1000", "20000", "3")) {
            Files.createDirectories(home.resolve("capture").resolve(time));
        }

        try (var capture = CaptureFolder.open(home)) {
            assertThat(capture.scrapes())
                    .extracting(folder -> folder.getFileName().toString())
                    .containsExactly("3", "999", "1000", "20000");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside", "capture/../../outside", "a/b/../../../outside", ".."})
    void shouldRefuseAnEntryThatLeavesTheFolder(String name) throws Exception {
        refuses(entry(name, "x"), "would lie outside");
    }

    @Test
    void shouldRefuseAnAbsoluteEntry() throws Exception {
        var outside = home.resolve("outside").toString();
        var entry = new TarArchiveEntry(outside, true);
        entry.setSize(1);

        refuses(new Content(entry, "x"), "would lie outside");
    }

    @ParameterizedTest
    @ValueSource(
            bytes = {
                TarConstants.LF_SYMLINK,
                TarConstants.LF_LINK,
                TarConstants.LF_CHR,
                TarConstants.LF_BLK,
                TarConstants.LF_FIFO,
            })
    void shouldRefuseWhatIsNeitherFileNorFolder(byte kind) throws Exception {
        var entry = new TarArchiveEntry("capture/1795408670324/link", kind);
        entry.setLinkName("../../../../../../../etc/passwd");

        refuses(new Content(entry, ""), "neither file nor folder");
    }

    @Test
    void shouldRefuseAFileThatIsAFolderToo() throws Exception {
        var archive = home.resolve("a.tgz");
        write(archive, entry("capture/1", "x"), entry("capture/1/pve02/frr/_index.jsonl", "x"));

        assertThatExceptionOfType(BadCapture.class).isThrownBy(() -> unpack(archive, Limits.USUAL));
    }

    @Test
    void shouldStopAnArchiveThatUnpacksToMoreThanItShould() throws Exception {
        var archive = home.resolve("bomb.tar.gz");
        write(archive, entry(A_FILE, "0".repeat(5_000_000)));

        assertThatExceptionOfType(BadCapture.class)
                .isThrownBy(() -> unpack(archive, new Limits(1_000_000, 10, 10_000, 0)))
                .withMessageContaining("more than it should");
    }

    @Test
    void shouldStopAnArchiveThatIsTooDenseLongBeforeItIsBig() throws Exception {
        var archive = home.resolve("bomb.tar.gz");
        write(archive, entry(A_FILE, "0".repeat(5_000_000)));

        assertThatExceptionOfType(BadCapture.class)
                .isThrownBy(() -> unpack(archive, new Limits(1L << 40, 10, 100, 100_000)))
                .withMessageContaining("more than it should");
    }

    @Test
    void shouldStopAnArchiveWhoseNamesAreTheBomb() throws Exception {
        var archive = home.resolve("bomb.tar.gz");
        var name = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
        name.setSize(3_000_000);
        write(archive, new Content(name, "n".repeat(3_000_000)));

        assertThatExceptionOfType(BadCapture.class)
                .isThrownBy(() -> unpack(archive, new Limits(1_000_000, 10, 10_000, 0)))
                .withMessageContaining("more than it should");
    }

    @Test
    void shouldStopAnArchiveOfTooManyEntries() throws Exception {
        var archive = home.resolve("many.tar.gz");
        write(archive, entry("1/a", ""), entry("1/b", ""), entry("1/c", ""));

        assertThatExceptionOfType(BadCapture.class)
                .isThrownBy(() -> unpack(archive, new Limits(1 << 20, 2, 1_000, 1 << 20)))
                .withMessageContaining("more than 2 entries");
    }

    @Test
    void shouldRefuseATruncatedArchiveWhereverItIsCut() throws Exception {
        var archive = home.resolve("whole.tar.gz");
        write(archive, entry(A_FILE, "{\"file\": 1}\n".repeat(20)));
        var whole = Files.readAllBytes(archive);

        for (int cut = 0; cut < whole.length; cut++) {
            var part = Files.write(home.resolve("part.tar.gz"), Arrays.copyOf(whole, cut));
            assertThatExceptionOfType(BadCapture.class)
                    .isThrownBy(() -> unpack(part, Limits.USUAL))
                    .withMessageContaining("no whole .tar.gz");
        }
    }

    @Test
    void shouldRefuseWhatIsNoArchive() throws Exception {
        var text = Files.writeString(home.resolve("capture.tar.gz"), "when did it stop?");
        var gzip = home.resolve("other.tar.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
            out.write("when did it stop, and why? ".repeat(100).getBytes(StandardCharsets.UTF_8));
        }

        assertThatExceptionOfType(BadCapture.class)
                .isThrownBy(() -> unpack(text, Limits.USUAL))
                .withMessageContaining("expected a directory, .tar.gz or .tgz");
        assertThatExceptionOfType(BadCapture.class).isThrownBy(() -> unpack(gzip, Limits.USUAL));
    }

    @Test
    void shouldSayThatThereIsNoCapture() throws Exception {
        var archive = home.resolve("a.tgz");
        write(archive, entry("README", "nothing here"));
        Files.createDirectories(home.resolve("empty"));

        assertThatExceptionOfType(BadCapture.class)
                .isThrownBy(() -> CaptureFolder.open(home.resolve("empty")))
                .withMessageContaining("holds no capture");
        assertThatExceptionOfType(BadCapture.class)
                .isThrownBy(() -> unpack(archive, Limits.USUAL))
                .withMessageContaining("holds no capture");
        assertThatExceptionOfType(BadCapture.class)
                .isThrownBy(() -> CaptureFolder.open(home.resolve("nowhere")))
                .withMessageContaining("does not exist");
    }

    @Test
    void shouldAskWhichOfTwoCaptures() throws Exception {
        Files.createDirectories(home.resolve("monday/capture/1795408670324"));
        Files.createDirectories(home.resolve("tuesday/capture/1795408670324"));

        assertThatExceptionOfType(BadCapture.class)
                .isThrownBy(() -> CaptureFolder.open(home))
                .withMessageContaining("monday/capture")
                .withMessageContaining("tuesday/capture");
    }

    private record Content(TarArchiveEntry entry, String text) {}

    private static Content entry(String name, String text) {
        var entry = new TarArchiveEntry(name);
        entry.setSize(text.length());
        return new Content(entry, text);
    }

    /** Behind an entry that is in order, so that there is something to clear away. */
    private void refuses(Content hostile, String problem) throws IOException {
        var archive = home.resolve("hostile.tar.gz");
        write(archive, entry(A_FILE, "{}"), hostile);

        assertThatExceptionOfType(BadCapture.class)
                .isThrownBy(() -> unpack(archive, Limits.USUAL))
                .withMessageContaining(problem);

        assertThat(home.resolve("outside")).doesNotExist();
        assertThat(home.resolveSibling("outside")).doesNotExist();
    }

    private static void write(Path archive, Content... contents) throws IOException {
        var octets = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(octets))) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
            for (var content : contents) {
                tar.putArchiveEntry(content.entry);
                tar.write(content.text.getBytes(StandardCharsets.UTF_8));
                tar.closeArchiveEntry();
            }
        }
        Files.write(archive, octets.toByteArray());
    }

    private CaptureFolder unpack(Path archive, Limits limits) throws BadCapture {
        return CaptureFolder.unpacked(archive, temporary, limits);
    }
}
