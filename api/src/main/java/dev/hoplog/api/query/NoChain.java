package dev.hoplog.api.query;

import java.sql.SQLException;

/** What is said where no chain of a network is projected: that none was published is known only of what is projected. */
final class NoChain {
    /** The log of gaps is projected on its own, and each gap in it was found by a chain that was published. */
    private static final String PUBLISHED = "SELECT EXISTS (SELECT 1 FROM gap WHERE network = ?)";

    private NoChain() {}

    static String because(ReadTransaction transaction, String network) throws SQLException {
        return because(isPublished(transaction, network), network);
    }

    private static String because(boolean isPublished, String network) {
        return isPublished
                ? "the chain of network " + network + " is not projected yet"
                : "as far as the log is projected, no chain of network " + network + " was published";
    }

    /** What to do about it, too. */
    static QueryFailure.NotFound refusal(ReadTransaction transaction, String network) throws SQLException {
        boolean isPublished = isPublished(transaction, network);
        return new QueryFailure.NotFound(because(isPublished, network)
                + (isPublished
                        ? ": ask again when the projection has caught up with the log"
                        : ", so nobody knows what should get where: publish one, with hoplog chain publish FILE --network "
                                + network + " --since-ever"));
    }

    private static boolean isPublished(ReadTransaction transaction, String network) throws SQLException {
        try (var statement = transaction.connection().prepareStatement(PUBLISHED)) {
            statement.setString(1, network);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }
}
