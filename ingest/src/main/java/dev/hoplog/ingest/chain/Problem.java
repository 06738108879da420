package dev.hoplog.ingest.chain;

/**
 * Something that makes a file no chain.
 *
 * @param line from 1
 * @param column in characters, from 1
 * @param message what is wrong and what to do
 */
public record Problem(int line, int column, String message) {
    /** As compilers have it, for editors to find the place. */
    public String in(String file) {
        return file + ":" + line + ":" + column + ": " + message;
    }

    @Override
    public String toString() {
        return line + ":" + column + ": " + message;
    }
}
