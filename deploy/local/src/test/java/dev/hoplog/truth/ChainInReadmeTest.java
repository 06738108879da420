package dev.hoplog.truth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.ingest.chain.ChainFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The excerpt of the recorded network's chain file in the README. */
class ChainInReadmeTest {
    private static final Path README = Path.of("../../README.md");
    private static final String BEGIN = "```yaml\n";

    @Test
    void shouldBeAChainAndPartOfTheWholeOne() throws Exception {
        var readme = Files.readString(README);
        int begin = readme.indexOf(BEGIN) + BEGIN.length();
        var excerpt = readme.substring(begin, readme.indexOf("```", begin));
        var whole = LabChain.chain();

        var chain = ChainFile.read(excerpt.getBytes(StandardCharsets.UTF_8)).chain();

        assertThat(whole.nodes()).containsAll(chain.nodes());
        assertThat(whole.edges()).containsAll(chain.edges());
        assertThat(readme)
                .contains("nine nodes, " + whole.hops().size() + " hops and "
                        + whole.edges().size() + " edges");
        assertThat(whole.nodes()).hasSize(9);
        assertThat(chain.nodes()).as("without five of its nine members").hasSize(4);
    }
}
