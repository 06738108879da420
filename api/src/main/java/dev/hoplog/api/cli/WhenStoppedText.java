package dev.hoplog.api.cli;

import dev.hoplog.v1.HopAnswer;
import dev.hoplog.v1.Outcome;
import dev.hoplog.v1.View;
import dev.hoplog.v1.WhenStoppedResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The answer to the defining question, as it can stand in a post-mortem: for each hop a sentence, and under it what proves
 * it and what is not known. What stopped comes first, routing tables before what forwards; hops that never had the prefix
 * share one line.
 */
public final class WhenStoppedText {
    private static final List<Outcome> BY_INTEREST = List.of(
            Outcome.OUTCOME_STOPPED,
            Outcome.OUTCOME_STOPPED_AND_BACK,
            Outcome.OUTCOME_UNKNOWN,
            Outcome.OUTCOME_STILL_REACHING,
            Outcome.OUTCOME_NEVER_SEEN);

    private static final Comparator<HopAnswer> MOST_TELLING_FIRST = Comparator.<HopAnswer>comparingInt(
                    answer -> BY_INTEREST.indexOf(answer.getOutcome()))
            .thenComparing(answer -> answer.getRib().getView() == View.VIEW_FIB);

    private WhenStoppedText() {}

    /** Lines of text, the last one ended too. */
    public static String of(WhenStoppedResponse response) {
        var lines = new ArrayList<String>();
        response.getHopsList().stream()
                .filter(answer -> !isOfNoInterest(answer))
                .sorted(MOST_TELLING_FIRST)
                .forEach(answer -> {
                    lines.addAll(HopAnswerText.of(response, answer));
                    lines.add("");
                });
        var neverSeen = neverSeen(response);
        if (!neverSeen.isEmpty()) {
            lines.add(response.getPrefix() + " was never seen at " + neverSeen
                    + (response.hasToldUpTo() ? " up to " + ShownTime.of(ShownTime.floor(response.getToldUpTo())) : "")
                    + ".");
            lines.add("");
        }
        GapsText.computed(response.getHopsList().stream().map(HopAnswer::getBroken))
                .ifPresent(lines::add);
        if (response.getHopsList().stream().anyMatch(HopAnswer::hasBroken)) {
            lines.add(GapsText.chain(response.getChainVersionsList()));
        }
        lines.add(CompletenessText.of(response.getNetwork(), response.getCompleteness()));
        return String.join("\n", lines) + "\n";
    }

    /** It never had the prefix, and nothing says that it should have. */
    private static boolean isOfNoInterest(HopAnswer answer) {
        return answer.getOutcome() == Outcome.OUTCOME_NEVER_SEEN && !answer.hasBroken();
    }

    private static String neverSeen(WhenStoppedResponse response) {
        return response.getHopsList().stream()
                .filter(WhenStoppedText::isOfNoInterest)
                .map(answer -> answer.getRib().getHop() + blind(answer))
                .collect(Collectors.joining(", "));
    }

    /** "Never seen" is worth less where nobody looked. */
    private static String blind(HopAnswer answer) {
        return answer.getBlindCount() == 0 ? "" : " (not observed " + BoundsText.of(answer.getBlind(0)) + ")";
    }
}
