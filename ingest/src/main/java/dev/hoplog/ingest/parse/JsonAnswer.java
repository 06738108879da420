package dev.hoplog.ingest.parse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.hoplog.model.Excerpt;
import dev.hoplog.model.FailureReason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * JSON, as a rule one document, read once from its start to its end without ever being held whole. Whatever is wrong with it comes
 * out as an {@link UnusableOutput} that says where: broken off, not JSON, too deep, a key twice, or words in place of JSON.
 *
 * <p>Bytes that are not UTF-8 become U+FFFD: a host name in another encoding must not hide a routing table.
 */
public final class JsonAnswer {
    private static final int HEAD_CHARACTERS = 1024;

    /** Strings, numbers and the like in one {@link #object}: a path with 16,000 communities has some 32,000. */
    private static final int MOST_VALUES_OF_AN_OBJECT = 200_000;

    /** FRR 10.3 to 10.4.2 wrap some warnings in a second pair of braces, which is not JSON. */
    private static final Pattern DOUBLY_BRACED_WARNING =
            Pattern.compile("\\s*\\{\\s*\\{\\s*\"warning\"\\s*:\\s*\"([^\"]*)\"\\s*\\}\\s*\\}\\s*");

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxStringLength(1 << 20)
                    .maxNameLength(4096)
                    .maxNumberLength(64)
                    .build())
            // A table of all names ever met would hold every prefix, and gives up with an exception of its own on
            // collisions.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private final BufferedReader reader;
    private final JsonParser parser;

    private JsonAnswer(BufferedReader reader, JsonParser parser) {
        this.reader = reader;
        this.parser = parser;
    }

    /** Is given each member of an object; the answer stands at its value, of which it may read as much as it wants. */
    @FunctionalInterface
    public interface MemberVisitor {
        void member(String key) throws UnusableOutput;
    }

    /** Is given each of several objects. */
    @FunctionalInterface
    public interface ObjectVisitor {
        void object(JsonObject object) throws UnusableOutput;
    }

    /** Is given each element of an array; the answer stands at it. */
    @FunctionalInterface
    public interface ElementVisitor {
        void element() throws UnusableOutput;
    }

    /**
     * Visits each of several objects that follow one another without anything around them. What was visited is whole; that
     * it was all there is, nothing in such an answer says.
     */
    public static void objects(InputStream in, ObjectVisitor visitor) throws UnusableOutput {
        var answer = open(in);
        do {
            visitor.object(answer.object());
        } while (answer.another());
    }

    /** Stands at the first token. The stream is not closed. */
    public static JsonAnswer open(InputStream in) throws UnusableOutput {
        try {
            var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            reader.mark(HEAD_CHARACTERS);
            var buffer = new char[HEAD_CHARACTERS];
            var head = new String(buffer, 0, fill(reader, buffer));
            reader.reset();
            checkHead(head);
            var answer = new JsonAnswer(reader, FACTORY.createParser(reader));
            answer.advance();
            return answer;
        } catch (IOException e) {
            throw new UnusableOutput(FailureReason.TRUNCATED, "reading failed: " + e.getMessage(), e);
        }
    }

    private static int fill(BufferedReader reader, char[] buffer) throws IOException {
        int filled = 0;
        while (filled < buffer.length) {
            int read = reader.read(buffer, filled, buffer.length - filled);
            if (read < 0) {
                break;
            }
            filled += read;
        }
        return filled;
    }

    private static void checkHead(String head) throws UnusableOutput {
        var start = head.stripLeading();
        if (start.isEmpty()) {
            throw Refusal.silence();
        }
        if (start.charAt(0) != '{' && start.charAt(0) != '[') {
            throw Refusal.ofText(start);
        }
        var warning = DOUBLY_BRACED_WARNING.matcher(head);
        if (warning.matches()) {
            throw Refusal.of(warning.group(1));
        }
    }

    public boolean atObject() {
        return parser.hasToken(JsonToken.START_OBJECT);
    }

    public boolean atArray() {
        return parser.hasToken(JsonToken.START_ARRAY);
    }

    /** Visits the members of the object at which it stands, and leaves it behind. No key may come twice. */
    public void members(MemberVisitor visitor) throws UnusableOutput {
        var seen = new HashSet<String>();
        repeatedMembers(key -> {
            checkNew(seen.add(key), key);
            visitor.member(key);
        });
    }

    /** The same where a key that comes again is another member, as FRR prints what several things may be called. */
    public void repeatedMembers(MemberVisitor visitor) throws UnusableOutput {
        expect(JsonToken.START_OBJECT);
        while (advance() != JsonToken.END_OBJECT) {
            var key = name();
            advance();
            visitor.member(key);
            leaveBehind();
        }
    }

    /** Visits the elements of the array at which it stands, and leaves it behind. */
    public void elements(ElementVisitor visitor) throws UnusableOutput {
        expect(JsonToken.START_ARRAY);
        while (advance() != JsonToken.END_ARRAY) {
            visitor.element();
            leaveBehind();
        }
    }

    /** The value at which it stands, which must be a string without control characters. */
    public String text() throws UnusableOutput {
        expect(JsonToken.VALUE_STRING);
        var text = string();
        if (JsonObject.hasControls(text)) {
            throw unparsable("control characters: '" + Excerpt.of(text) + "'");
        }
        return text;
    }

    /** The value at which it stands, which must be an integer. */
    public long number() throws UnusableOutput {
        return scalar() instanceof Long number ? number : fail("a number was expected");
    }

    /** The AS number at which it stands: an integer, or text where the daemon is told to print asdot. */
    public long asn() throws UnusableOutput {
        try {
            return AsPathText.asn(scalar().toString());
        } catch (IllegalArgumentException e) {
            throw unparsable(String.valueOf(e.getMessage()));
        }
    }

    /** The object at which it stands, as a whole: for small ones, such as a path. */
    public JsonObject object() throws UnusableOutput {
        expect(JsonToken.START_OBJECT);
        return object(new Budget(), place());
    }

    /** Goes on to the document that follows, if any: some commands print several, one behind the other. */
    public boolean another() throws UnusableOutput {
        try {
            return parser.nextToken() != null;
        } catch (IOException e) {
            throw translated(e);
        }
    }

    /** Makes sure that the document is closed and nothing but white space follows. */
    public void end() throws UnusableOutput {
        if (another()) {
            throw unparsable("something follows the end of the document");
        }
    }

    /** A complaint about what was just read. */
    public UnusableOutput unparsable(String what) {
        return new UnusableOutput(FailureReason.UNPARSABLE, what + " " + place());
    }

    private static final class Budget {
        private int left = MOST_VALUES_OF_AN_OBJECT;
    }

    private JsonObject object(Budget budget, String place) throws UnusableOutput {
        Map<String, Object> members = new LinkedHashMap<>();
        while (advance() != JsonToken.END_OBJECT) {
            var key = name();
            advance();
            if (parser.hasToken(JsonToken.VALUE_NULL)) {
                checkNew(!members.containsKey(key), key);
            } else {
                checkNew(members.put(key, value(budget, place)) == null, key);
            }
        }
        return new JsonObject(members, place);
    }

    private Object value(Budget budget, String place) throws UnusableOutput {
        if (--budget.left < 0) {
            throw unparsable("an object with more than " + MOST_VALUES_OF_AN_OBJECT + " values");
        }
        if (atObject()) {
            return object(budget, place);
        }
        if (atArray()) {
            List<Object> values = new ArrayList<>();
            while (advance() != JsonToken.END_ARRAY) {
                values.add(value(budget, place));
            }
            return values;
        }
        return scalar();
    }

    private Object scalar() throws UnusableOutput {
        try {
            return switch (parser.currentToken()) {
                case VALUE_STRING -> string();
                case VALUE_TRUE -> true;
                case VALUE_FALSE -> false;
                case VALUE_NUMBER_INT -> integer();
                case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
                case VALUE_NULL -> "";
                case null, default -> throw unparsable("a value was expected");
            };
        } catch (IOException e) {
            throw translated(e);
        }
    }

    /** A long, or a {@link java.math.BigInteger}, which is only ever read as text. Of at most 64 digits. */
    private Object integer() throws IOException {
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? parser.getBigIntegerValue()
                : parser.getLongValue();
    }

    private void leaveBehind() throws UnusableOutput {
        try {
            if (parser.currentToken().isStructStart()) {
                parser.skipChildren();
            }
        } catch (IOException e) {
            throw translated(e);
        }
    }

    private JsonToken advance() throws UnusableOutput {
        try {
            var token = parser.nextToken();
            if (token == null) {
                throw new UnusableOutput(FailureReason.TRUNCATED, "the document is not closed " + place());
            }
            return token;
        } catch (IOException e) {
            throw translated(e);
        }
    }

    private String name() throws UnusableOutput {
        try {
            return parser.currentName();
        } catch (IOException e) {
            throw translated(e);
        }
    }

    private String string() throws UnusableOutput {
        try {
            return parser.getText();
        } catch (IOException e) {
            throw translated(e);
        }
    }

    private void expect(JsonToken token) throws UnusableOutput {
        if (!parser.hasToken(token)) {
            fail(token + " was expected, not " + parser.currentToken());
        }
    }

    private void checkNew(boolean isNew, String key) throws UnusableOutput {
        if (!isNew) {
            fail("the key '" + Excerpt.of(key) + "' comes twice");
        }
    }

    private long fail(String what) throws UnusableOutput {
        throw unparsable(what);
    }

    private String place() {
        var location = parser.currentLocation();
        return "at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private UnusableOutput translated(IOException e) {
        if (e instanceof JsonEOFException) {
            return new UnusableOutput(FailureReason.TRUNCATED, "the document breaks off " + place(), e);
        }
        var message = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
        var words = message == null ? "" : Excerpt.of(message, 200);
        return vtyshSpeaks()
                ? new UnusableOutput(
                        FailureReason.TRUNCATED, "the daemon died in the middle of its reply " + place(), e)
                : new UnusableOutput(FailureReason.UNPARSABLE, words + " " + place(), e);
    }

    /** Whether vtysh wrote its own words behind what bgpd wrote before it died. */
    private boolean vtyshSpeaks() {
        var rest = new StringWriter();
        try {
            parser.releaseBuffered(rest);
            var buffer = new char[HEAD_CHARACTERS];
            rest.write(buffer, 0, fill(reader, buffer));
        } catch (IOException e) {
            // What could be read will do: it only makes the message better.
        }
        return rest.toString().contains(": error reading from ");
    }
}
