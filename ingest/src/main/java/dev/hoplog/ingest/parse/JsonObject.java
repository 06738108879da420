package dev.hoplog.ingest.parse;

import dev.hoplog.model.Excerpt;
import dev.hoplog.model.FailureReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A small object out of a {@link JsonAnswer}. A member of another type than asked for is an {@link UnusableOutput}, and so is
 * text with control characters; a null is the same as no member.
 */
public final class JsonObject {
    private static final long LAST_EPOCH_SECOND = 253_402_300_799L; // year 9999

    private final Map<String, Object> members;
    private final String place;

    JsonObject(Map<String, Object> members, String place) {
        this.members = members;
        this.place = place;
    }

    public boolean has(String key) {
        return members.containsKey(key);
    }

    /** Whether an object anywhere inside this one has a member of that name. */
    public boolean hasWithin(String key) {
        return members.values().stream()
                .anyMatch(value -> value instanceof JsonObject inner && (inner.has(key) || inner.hasWithin(key)));
    }

    public Set<String> keys() {
        return members.keySet();
    }

    public Optional<String> text(String key) throws UnusableOutput {
        return as(key, String.class, "text");
    }

    /** A number, or text in place of it, as text. */
    public Optional<String> scalar(String key) throws UnusableOutput {
        return members.get(key) instanceof String
                ? text(key)
                : Optional.ofNullable(members.get(key)).map(Object::toString);
    }

    public Optional<Long> number(String key) throws UnusableOutput {
        return as(key, Long.class, "integer");
    }

    /** True, or false where it is missing. */
    public boolean flag(String key) throws UnusableOutput {
        return as(key, Boolean.class, "true or false").orElse(false);
    }

    public Optional<JsonObject> object(String key) throws UnusableOutput {
        return as(key, JsonObject.class, "object");
    }

    /** Empty where it is missing. */
    public List<JsonObject> objects(String key) throws UnusableOutput {
        return list(key, JsonObject.class, "object");
    }

    /** Empty where it is missing. */
    public List<String> texts(String key) throws UnusableOutput {
        return list(key, String.class, "text");
    }

    /** Empty where it is missing. */
    public List<Long> numbers(String key) throws UnusableOutput {
        return list(key, Long.class, "integer");
    }

    /** Numbers, or texts in place of them, as text. Empty where it is missing. */
    public List<String> scalars(String key) throws UnusableOutput {
        List<String> result = new ArrayList<>();
        for (var value : list(key, Object.class, "scalar")) {
            result.add(
                    value instanceof String
                            ? cast(key, value, String.class, "text")
                            : cast(key, value, Long.class, "integer").toString());
        }
        return result;
    }

    /** Seconds since 1970 UTC, up to the year 9999. */
    public Optional<Instant> epochSeconds(String key) throws UnusableOutput {
        var seconds = number(key);
        if (seconds.filter(s -> s < 0 || s > LAST_EPOCH_SECOND).isPresent()) {
            throw unparsable("'" + key + "' is no time: " + seconds.get());
        }
        return seconds.map(Instant::ofEpochSecond);
    }

    /** How many of its keys are not in the set. */
    public int unknownKeys(Set<String> known) {
        int unknown = 0;
        for (var key : members.keySet()) {
            unknown += known.contains(key) ? 0 : 1;
        }
        return unknown;
    }

    /** How many keys of an object under that key are not in the set; none if there is something else. */
    public int unknownKeysIn(String key, Set<String> known) {
        return members.get(key) instanceof JsonObject inner ? inner.unknownKeys(known) : 0;
    }

    /** Whether there is a list under a key that is not in the set: it may be a known one under another name. */
    public boolean hasUnknownList(Set<String> known) {
        return members.entrySet().stream()
                .anyMatch(member -> member.getValue() instanceof List && !known.contains(member.getKey()));
    }

    /** A complaint about this object. */
    public UnusableOutput unparsable(String what) {
        return new UnusableOutput(FailureReason.UNPARSABLE, what + " " + place);
    }

    private <T> Optional<T> as(String key, Class<T> type, String expected) throws UnusableOutput {
        var value = members.get(key);
        if (value == null) {
            return Optional.empty();
        }
        return Optional.of(cast(key, value, type, expected));
    }

    private <T> List<T> list(String key, Class<T> type, String expected) throws UnusableOutput {
        List<T> result = new ArrayList<>();
        for (var value : as(key, List.class, "list").orElse(List.of())) {
            result.add(cast(key, value, type, expected));
        }
        return result;
    }

    private <T> T cast(String key, Object value, Class<T> type, String expected) throws UnusableOutput {
        if (!type.isInstance(value)) {
            throw unparsable("'" + Excerpt.of(key) + "' is no " + expected + ": " + Excerpt.of(value.toString()));
        }
        if (value instanceof String text && hasControls(text)) {
            throw unparsable("'" + Excerpt.of(key) + "' has control characters: '" + Excerpt.of(text) + "'");
        }
        return type.cast(value);
    }

    /** A name or an attribute with them is none, and would do to a terminal or to a reader what its author wanted. */
    static boolean hasControls(String text) {
        return text.codePoints().anyMatch(Excerpt::isControl);
    }

    /** As JSON without spaces, keys in the order in which they came. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        append(text, this);
        return text.toString();
    }

    private static void append(StringBuilder text, Object value) {
        switch (value) {
            case JsonObject object -> {
                var separator = "{";
                for (var member : object.members.entrySet()) {
                    text.append(separator).append('"').append(member.getKey()).append("\":");
                    append(text, member.getValue());
                    separator = ",";
                }
                text.append(object.members.isEmpty() ? "{}" : "}");
            }
            case List<?> list -> {
                var separator = "[";
                for (var element : list) {
                    text.append(separator);
                    append(text, element);
                    separator = ",";
                }
                text.append(list.isEmpty() ? "[]" : "]");
            }
            case String string ->
                text.append('"').append(Excerpt.of(string, Integer.MAX_VALUE)).append('"');
            default -> text.append(value);
        }
    }
}
