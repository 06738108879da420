package dev.hoplog.model;

/** Foreign text made fit for an error message: short, on one line, in the order in which it reads. */
public final class Excerpt {
    private static final int MOST_CHARACTERS = 80;

    private Excerpt() {}

    /** At most 80 characters of it, control characters shown as {@code \}{@code u00xx}, and "…" where something was cut. */
    public static String of(String foreign) {
        return of(foreign, MOST_CHARACTERS);
    }

    /** What controls a terminal, ends a line, cannot be seen or changes the direction in which text reads. */
    public static boolean isControl(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /** The same with another limit. */
    public static String of(String foreign, int mostCharacters) {
        var shown = new StringBuilder();
        foreign.codePoints().limit(mostCharacters).forEach(c -> {
            if (isControl(c)) {
                shown.append(String.format("\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return foreign.codePointCount(0, foreign.length()) > mostCharacters
                ? shown.append('…').toString()
                : shown.toString();
    }
}
