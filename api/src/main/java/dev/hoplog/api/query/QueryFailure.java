package dev.hoplog.api.query;

/** A question that cannot be answered as it was asked. The message says what to do. */
public abstract sealed class QueryFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private QueryFailure(String message) {
        super(message);
    }

    /** The question itself is wrong. */
    public static final class Invalid extends QueryFailure {
        private static final long serialVersionUID = 1L;

        public Invalid(String message) {
            super(message);
        }
    }

    /** Nobody ever scraped what it asks about. */
    public static final class NotFound extends QueryFailure {
        private static final long serialVersionUID = 1L;

        public NotFound(String message) {
            super(message);
        }
    }

    /** The answer would be too large. */
    public static final class TooMuch extends QueryFailure {
        private static final long serialVersionUID = 1L;

        public TooMuch(String message) {
            super(message);
        }
    }
}
