package dev.hoplog.model;

import java.util.Optional;

/** What two successive readings of a row prove. */
public sealed interface Change {
    /** The row before, with what was observed of it; empty for an appearance. */
    Optional<Seen> before();

    /** The row after, with what was observed of it; empty for a withdrawal. */
    Optional<Seen> after();

    /** A row, and which of its attributes its source shows. */
    record Seen(Row row, Observed observed) {}

    /** It was not there, or nobody had looked, and it is there. */
    record Appeared(Seen seen) implements Change {
        @Override
        public Optional<Seen> before() {
            return Optional.empty();
        }

        @Override
        public Optional<Seen> after() {
            return Optional.of(seen);
        }
    }

    /** Attributes that both readings observed differ. */
    record Changed(Seen was, Seen is) implements Change {
        @Override
        public Optional<Seen> before() {
            return Optional.of(was);
        }

        @Override
        public Optional<Seen> after() {
            return Optional.of(is);
        }
    }

    /** It was there and a complete reading does not have it. */
    record Withdrawn(Seen was) implements Change {
        @Override
        public Optional<Seen> before() {
            return Optional.of(was);
        }

        @Override
        public Optional<Seen> after() {
            return Optional.empty();
        }
    }

    /**
     * Nothing that both readings observed differs, yet the stamp is newer: it changed while nobody looked. It changed back,
     * as far as both show; what only one of them observed may differ for good.
     */
    record ChangedUnseen(Seen was, Seen is) implements Change {
        @Override
        public Optional<Seen> before() {
            return Optional.of(was);
        }

        @Override
        public Optional<Seen> after() {
            return Optional.of(is);
        }
    }
}
