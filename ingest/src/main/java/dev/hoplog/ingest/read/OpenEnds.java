package dev.hoplog.ingest.read;

import dev.hoplog.ingest.parse.OpenEnd;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.FailureReason;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whether an answer without end mark may be believed to its last line. All that is remembered for it is how the one before
 * ended.
 *
 * <ul>
 *   <li>The last path has fewer lines than before, and the source itself says that it has not changed since it was read:
 *       that is proof of a cut, however often it repeats itself.
 *   <li>It has fewer lines than before, or lacks an attribute that all of its fellows have, and may have changed; or the
 *       last protocols or routes of a list are gone: that may be a cut. The next answer decides. One more that was asked anew and
 *       ends the same way is believed, or a path that really lost an attribute would hide its table for ever.
 * </ul>
 *
 * <p>What remains undetected: two answers in a row that are cut behind the same line, where the first one might as well
 * have changed; one that is cut within the optional attributes of a last path that no listing before ended with, if it
 * has no fellows or some of them lack these, too; a listing that lost just as many paths to a cut as its protocols lost
 * before they were asked; a first list of protocols without the last ones that have no routes, and any such list
 * where protocols come and go with their neighbours; a first list of talosctl's routes, or one that lost its last ones to a
 * cut just as another route before them went. Only the control socket, whose replies have an end mark, leaves no
 * doubt.
 *
 * <p>Of an answer that stands alone no other one will decide, so its end is not believed.
 */
final class OpenEnds {
    private record Read(OpenEnd end, Instant from) {}

    private final boolean standAlone;
    private final Map<RibName, Read> last = new HashMap<>();

    /** @param standAlone whether each answer is the only one: there was none before, and none will come */
    OpenEnds(boolean standAlone) {
        this.standAlone = standAlone;
    }

    /** The reading, or its failure. */
    Reading judge(Reading reading) {
        return reading instanceof Reading.Answered answered
                        && answered.openEnd().isPresent()
                ? doubt(answered.rib(), answered.openEnd().get(), answered.from())
                        .<Reading>map(why -> new Reading.Failed(answered.rib(), answered.sources(), why))
                        .orElse(reading)
                : reading;
    }

    private Optional<UnusableOutput> doubt(RibName rib, OpenEnd end, Instant from) {
        if (standAlone) {
            return Optional.of(new UnusableOutput(
                    FailureReason.INCONSISTENT,
                    "nothing marks the end of " + end.subject() + ": cut in between, it would look whole"));
        }
        var before = Optional.ofNullable(last.get(rib));
        boolean isShorter = before.filter(b -> end.isShorterThan(b.end)).isPresent();
        if (isShorter && before.filter(b -> end.isUnchangedFrom(b.from)).isPresent()) {
            return Optional.of(new UnusableOutput(
                    FailureReason.TRUNCATED,
                    "the answer ends within " + end.subject() + ", which had more lines and has not changed since"));
        }
        last.put(rib, new Read(end, from));
        if (before.filter(b -> end.isAlike(b.end)).isPresent()) {
            return Optional.empty();
        }
        return isShorter || !end.lacking().isEmpty()
                ? Optional.of(new UnusableOutput(
                        FailureReason.INCONSISTENT,
                        "the answer may be cut within " + end.subject() + ", which "
                                + (isShorter ? "had more lines before" : "lacks what all others of its protocol have")))
                : Optional.empty();
    }
}
