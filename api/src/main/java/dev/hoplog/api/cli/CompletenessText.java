package dev.hoplog.api.cli;

import dev.hoplog.v1.Completeness;

/** How far an answer had read: the last line of each. */
final class CompletenessText {
    private CompletenessText() {}

    static String of(String network, Completeness completeness) {
        var where = network.isEmpty() ? "" : "Network " + network + ". ";
        if (!completeness.hasCompleteUpTo()) {
            return where + "Nothing is known yet.";
        }
        return where + "Complete up to " + ShownTime.of(ShownTime.floor(completeness.getCompleteUpTo())) + ".";
    }
}
