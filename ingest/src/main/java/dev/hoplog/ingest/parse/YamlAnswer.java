package dev.hoplog.ingest.parse;

import dev.hoplog.model.Excerpt;
import dev.hoplog.model.FailureReason;
import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.DocumentEndEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.events.StreamEndEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Several YAML documents, each a small mapping, read one by one. As with {@link JsonAnswer}, whatever is wrong comes out as
 * an {@link UnusableOutput} that says where.
 *
 * <p>Of YAML it reads what programs print: mappings, sequences and scalars. Anchors, aliases and tags, by which a few lines
 * can grow to gigabytes or to anything, are refused; so are a large document and a deep one. Plain scalars are numbers only
 * if they are decimal integers, so that no address turns into a number of base 60.
 *
 * <p>A mapping has no end mark. A document that is cut at the end of a line looks whole: whoever reads it has to know which
 * keys there must be.
 */
public final class YamlAnswer {
    /** A route with 500 next hops has some 40,000. */
    private static final int MOST_CHARACTERS_OF_A_DOCUMENT = 1 << 16;

    private static final int DEEPEST = 32;
    private static final int HEAD_CHARACTERS = 1024;
    private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]{0,17}");

    private final LimitedReader reader;
    private final Parser parser;

    private YamlAnswer(LimitedReader reader) {
        this.reader = reader;
        var options = new LoaderOptions();
        options.setCodePointLimit(MOST_CHARACTERS_OF_A_DOCUMENT);
        this.parser = new ParserImpl(new StreamReader(reader), options);
    }

    /**
     * Visits each document. The stream is not closed.
     *
     * @param start what an answer begins with, after any white space and dashes; anything else is words in place of an
     *     answer
     */
    public static void objects(InputStream in, String start, JsonAnswer.ObjectVisitor visitor) throws UnusableOutput {
        var buffered = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        try {
            buffered.mark(HEAD_CHARACTERS);
            var buffer = new char[HEAD_CHARACTERS];
            var head = new String(buffer, 0, Math.max(0, buffered.read(buffer))).strip();
            buffered.reset();
            if (head.isEmpty()) {
                throw Refusal.silence();
            }
            if (!head.replaceFirst("^---\\s+", "").startsWith(start)) {
                throw Refusal.of(head);
            }
        } catch (IOException e) {
            throw new UnusableOutput(FailureReason.TRUNCATED, "reading failed: " + e.getMessage(), e);
        }
        new YamlAnswer(new LimitedReader(buffered)).read(visitor);
    }

    private void read(JsonAnswer.ObjectVisitor visitor) throws UnusableOutput {
        next(); // the start of the stream
        for (var event = next(); !(event instanceof StreamEndEvent); event = next()) {
            if (event instanceof DocumentStartEvent) {
                reader.allow(MOST_CHARACTERS_OF_A_DOCUMENT);
                var object = value(next(), 0) instanceof JsonObject o ? o : fail("a mapping was expected", event);
                if (!(next() instanceof DocumentEndEvent)) {
                    fail("the end of a document was expected", event);
                }
                checkLineEnd();
                visitor.object(object);
            }
        }
    }

    /** A value that is cut within its last line cannot be told from a shorter one. */
    private void checkLineEnd() throws UnusableOutput {
        if (reader.hasEnded() && !reader.endedWithALine()) {
            throw new UnusableOutput(FailureReason.TRUNCATED, "the answer breaks off within its last line");
        }
    }

    /** A JsonObject, a List, or a scalar; null for a null. */
    private @Nullable Object value(Event event, int depth) throws UnusableOutput {
        if (depth > DEEPEST) {
            fail("nested too deep", event);
        }
        if (!(event instanceof NodeEvent node) || node.getAnchor() != null || hasTag(event)) {
            return fail("an anchor, an alias or a tag", event);
        }
        return switch (event) {
            case ScalarEvent scalar -> scalar(scalar);
            case SequenceStartEvent _ -> list(depth);
            case MappingStartEvent _ -> object(event, depth);
            default -> fail("a value was expected", event);
        };
    }

    private JsonObject object(Event start, int depth) throws UnusableOutput {
        Map<String, Object> members = new LinkedHashMap<>();
        for (var event = next(); !(event instanceof MappingEndEvent); event = next()) {
            var key = event instanceof ScalarEvent s && s.getAnchor() == null && !hasTag(s)
                    ? s.getValue()
                    : fail("a key was expected", event).toString();
            var value = value(next(), depth + 1);
            if (value != null && members.put(key, value) != null) {
                fail("the key '" + Excerpt.of(key) + "' comes twice", event);
            }
        }
        return new JsonObject(members, place(start));
    }

    private List<Object> list(int depth) throws UnusableOutput {
        List<Object> values = new ArrayList<>();
        for (var event = next(); !(event instanceof SequenceEndEvent); event = next()) {
            var value = value(event, depth + 1);
            values.add(value == null ? "" : value);
        }
        return values;
    }

    private static @Nullable Object scalar(ScalarEvent scalar) {
        var text = scalar.getValue();
        if (!scalar.isPlain()) {
            return text;
        }
        return switch (text) {
            case "", "~", "null" -> null;
            case "true" -> true;
            case "false" -> false;
            default -> INTEGER.matcher(text).matches() ? (Object) Long.valueOf(text) : text;
        };
    }

    private static boolean hasTag(Event event) {
        return switch (event) {
            case ScalarEvent scalar -> scalar.getTag() != null;
            case SequenceStartEvent sequence -> sequence.getTag() != null;
            case MappingStartEvent mapping -> mapping.getTag() != null;
            default -> false;
        };
    }

    private Event next() throws UnusableOutput {
        try {
            return parser.getEvent();
        } catch (YAMLException | NumberFormatException e) {
            // The latter for an escaped character whose number is too large.
            checkLineEnd();
            var place = e instanceof ReaderException r ? " at character " + r.getPosition() : "";
            throw new UnusableOutput(
                    FailureReason.UNPARSABLE, Excerpt.of(String.valueOf(e.getMessage()), 200) + place, e);
        }
    }

    private static JsonObject fail(String what, Event event) throws UnusableOutput {
        throw new UnusableOutput(FailureReason.UNPARSABLE, what + " " + place(event));
    }

    private static String place(Event event) {
        var mark = event.getStartMark();
        return "at line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
    }

    /** Ends with an exception where a document gets too long, before anybody has kept all of it. */
    private static final class LimitedReader extends FilterReader {
        private long left = MOST_CHARACTERS_OF_A_DOCUMENT;
        private char last;
        private boolean ended;

        LimitedReader(Reader in) {
            super(in);
        }

        void allow(long characters) {
            left = characters;
        }

        boolean hasEnded() {
            return ended;
        }

        boolean endedWithALine() {
            return last == '\n';
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            if (read < 0) {
                ended = true;
                return read;
            }
            left -= read;
            if (left < 0) {
                throw new IOException("a document of more than " + MOST_CHARACTERS_OF_A_DOCUMENT + " characters");
            }
            last = read > 0 ? buffer[offset + read - 1] : last;
            return read;
        }

        @Override
        public int read() throws IOException {
            var one = new char[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }
    }
}
