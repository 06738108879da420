package dev.hoplog.ingest.chain;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a member of a group gives for {@code $name} or {@code $(name)} in the group's templates. Nothing else in a chain file has
 * a dollar sign in it.
 *
 * @param member how messages name the member
 */
record Variables(String member, Map<String, String> values) {
    private static final Pattern USE = Pattern.compile("\\$(?:([a-z][a-z0-9_]*)|\\(([a-z][a-z0-9_]*)\\)|)");

    static Variables of(Item.Mapping member) {
        var values = new LinkedHashMap<String, String>();
        for (var entry : member.entries()) {
            values.put(entry.key().text(), ((Item.Scalar) entry.value()).text());
        }
        return new Variables(values.isEmpty() ? "" : values.firstEntry().getValue(), values);
    }

    /** The text with the values in place. */
    String in(String text, Place place, Problems problems) {
        return USE.matcher(text).replaceAll(use -> {
            var name = use.group(1) == null ? use.group(2) : use.group(1);
            if (name == null) {
                problems.add(place, "a '$' without the name of a variable: write $name or $(name)");
                return "";
            }
            var value = values.get(name);
            if (value == null) {
                problems.add(
                        place, "the member has no variable '" + name + "'" + Suggestion.among(values.keySet(), name));
                return "";
            }
            return java.util.regex.Matcher.quoteReplacement(value);
        });
    }
}
