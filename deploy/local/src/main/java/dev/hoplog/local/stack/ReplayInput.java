package dev.hoplog.local.stack;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What ingest is to replay, and into which network.
 *
 * @param path absolute: a capture or, with {@code single}, what one command printed
 * @param network empty: ingest makes one of the path's name
 */
public record ReplayInput(Path path, Optional<String> network, WhichChain chain, Optional<OfOneCommand> single) {
    /** Under which chain a capture is to be read. */
    public sealed interface WhichChain {
        /** The one in the directory of the capture, if there is one. */
        record Beside() implements WhichChain {}

        /** @param path absolute */
        record File(Path path) implements WhichChain {}

        record None() implements WhichChain {}
    }

    /**
     * What a file with the output of one command does not say itself. Ingest judges it.
     *
     * @param command as it was typed
     * @param until when it had ended; empty: at once
     * @param whole somebody vouches that the file has all that was printed
     * @param family of the table, ipv4 or ipv6; empty: the output shows it
     * @param maxSilenceSeconds empty: the time since the output before is not claimed, however short
     */
    public record OfOneCommand(
            String hop,
            Optional<String> command,
            Instant at,
            Optional<Instant> until,
            boolean whole,
            Optional<String> family,
            Optional<Long> maxSilenceSeconds) {}

    public static ReplayInput ofCapture(Path path, Optional<String> network) {
        return ofCapture(path, network, new WhichChain.Beside());
    }

    public static ReplayInput ofCapture(Path path, Optional<String> network, WhichChain chain) {
        return new ReplayInput(path, network, chain, Optional.empty());
    }

    /** The words behind {@code replay} on ingest's command line. Each option is one word with its value, whatever is in it. */
    List<String> words() {
        var words = new ArrayList<String>();
        network.ifPresent(name -> words.add("--network=" + name));
        switch (chain) {
            case WhichChain.Beside _ -> {}
            case WhichChain.File file -> words.add("--chain=" + file.path());
            case WhichChain.None _ -> words.add("--no-chain");
        }
        single.ifPresent(said -> {
            words.add("--hop=" + said.hop);
            said.command.ifPresent(line -> words.add("--command=" + line));
            words.add("--at=" + said.at);
            said.until.ifPresent(end -> words.add("--until=" + end));
            said.maxSilenceSeconds.ifPresent(seconds -> words.add("--max-silence=" + seconds));
            said.family.ifPresent(name -> words.add("--family=" + name));
            if (said.whole) {
                words.add("--whole");
            }
        });
        words.add(path.toString());
        return words;
    }
}
