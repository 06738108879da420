package dev.hoplog.model;

import java.util.regex.Pattern;

/** The alphabet of names that become parts of keys: letters, digits and {@code . _ : @ + -}, at most 128 characters. */
public final class Name {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._:@+-]{1,128}");

    private Name() {}

    /**
     * Returns the name itself.
     *
     * @throws IllegalArgumentException if it has another character, none, or too many
     */
    public static String check(String what, String name) {
        if (!ALLOWED.matcher(name).matches()) {
            throw new IllegalArgumentException("not a " + what + " name: '" + Excerpt.of(name)
                    + "' (1 to 128 letters, digits or any of . _ : @ + -)");
        }
        return name;
    }
}
