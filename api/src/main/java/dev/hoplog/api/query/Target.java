package dev.hoplog.api.query;

import dev.hoplog.model.HopId;

/**
 * Whom a question is about.
 *
 * @param text a node, a hop as node/daemon/table, or empty for all hops
 */
record Target(String text) {
    /** @throws QueryFailure.Invalid if it has slashes and is no hop */
    static Target of(String text) {
        if (text.contains("/")) {
            try {
                return new Target(HopId.parse(text).toString());
            } catch (IllegalArgumentException e) {
                throw new QueryFailure.Invalid(String.valueOf(e.getMessage()));
            }
        }
        return new Target(text);
    }

    boolean includes(HopId hop) {
        return text.isEmpty() || hop.node().equals(text) || hop.toString().equals(text);
    }
}
