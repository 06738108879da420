package dev.hoplog.ingest.chain;

/**
 * Where something stands in a file.
 *
 * @param line from 1
 * @param column in characters, from 1
 * @param member the member of a group that a template was written out for; empty: none
 */
record Place(int line, int column, String member) {
    static final Place START = new Place(1, 1, "");

    /** The same, in a template that was written out for a member. */
    Place forMember(String name) {
        return new Place(line, column, name);
    }

    @Override
    public String toString() {
        return "line " + line + (member.isEmpty() ? "" : " for " + member);
    }
}
