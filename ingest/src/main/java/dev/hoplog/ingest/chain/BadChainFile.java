package dev.hoplog.ingest.chain;

import java.util.List;
import java.util.stream.Collectors;

/** A file is no chain. */
public final class BadChainFile extends Exception {
    private final transient List<Problem> problems;

    BadChainFile(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** At least one, in the order of the file. */
    public List<Problem> problems() {
        return problems;
    }
}
