package dev.hoplog.api.cli;

import dev.hoplog.v1.Match;
import picocli.CommandLine.Option;

/** How a prefix or an address is meant: one of them, or none. */
final class MatchOptions {
    @Option(names = "--exact", description = "The prefix itself.")
    private boolean exact;

    @Option(
            names = "--longest",
            description = "The one most specific selected route that contains it, even if it leads nowhere.")
    private boolean longest;

    @Option(names = "--longer", description = "Routes inside it, itself included.")
    private boolean longer;

    @Option(names = "--shorter", description = "Routes around it, itself included.")
    private boolean shorter;

    Match match() {
        if (exact) {
            return Match.MATCH_EXACT;
        }
        if (longest) {
            return Match.MATCH_LONGEST;
        }
        if (longer) {
            return Match.MATCH_MORE_SPECIFIC;
        }
        return shorter ? Match.MATCH_LESS_SPECIFIC : Match.MATCH_UNSPECIFIED;
    }
}
