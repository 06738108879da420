package dev.hoplog.ingest.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Damages outputs as disks, cables, versions and people do. The same seed does the same damage. */
final class Mutator {
    /** What happened to an output. */
    enum Kind {
        CUT,
        BIT_FLIPS,
        LINES_DELETED,
        LINES_DUPLICATED,
        LINES_REORDERED,
        INSERTED,
        /** A word or a number became another one of the same output, or a hostile one. */
        REPLACED,
        SPLICED,
        /** Another output altogether stands in its place. */
        SWAPPED
    }

    /** @param hits how many bits, lines, words or insertions */
    record Mutation(Kind kind, int hits, byte[] octets) {}

    /** The octets of an array between two places, the latter exclusive. */
    private record Part(byte[] of, int from, int to) {
        Part(byte[] whole) {
            this(whole, 0, whole.length);
        }
    }

    private static final List<byte[]> HOSTILE = octets(
            "9",
            "99999999999999999999999999999999",
            "-1",
            "1e999",
            "{",
            "}",
            "[",
            "]",
            "\"",
            ",",
            ":",
            "\u0000",
            "\u001b[31m",
            "\r\n",
            "\t",
            " ",
            "\\",
            "/200",
            "%",
            "null",
            "---\n",
            "\uFEFF",
            "[".repeat(2_000),
            "{\"a\":".repeat(500),
            "7".repeat(5_000),
            " 65000".repeat(2_000));

    private final Random random;

    Mutator(long seed) {
        random = new Random(seed);
    }

    /** @param other the output of something else, to splice with or to swap for */
    Mutation any(byte[] octets, byte[] other) {
        return mutate(Kind.values()[random.nextInt(Kind.values().length)], octets, other);
    }

    Mutation mutate(Kind kind, byte[] octets, byte[] other) {
        int hits = random.nextInt(1, 4);
        if (octets.length == 0) {
            return new Mutation(kind, 0, octets);
        }
        return switch (kind) {
            case CUT -> new Mutation(kind, 1, Arrays.copyOf(octets, random.nextInt(octets.length)));
            case BIT_FLIPS -> new Mutation(kind, hits, flipped(octets.clone(), hits));
            case LINES_DELETED, LINES_DUPLICATED, LINES_REORDERED ->
                new Mutation(kind, hits, lines(kind, octets, hits));
            case INSERTED -> new Mutation(kind, hits, inserted(octets, hits));
            case REPLACED -> new Mutation(kind, hits, replaced(octets, hits));
            case SPLICED -> {
                int to = random.nextInt(octets.length);
                int from = random.nextInt(other.length + 1);
                yield new Mutation(
                        kind, 1, joined(List.of(new Part(octets, 0, to), new Part(other, from, other.length))));
            }
            case SWAPPED -> new Mutation(kind, 1, other);
        };
    }

    private byte[] flipped(byte[] octets, int hits) {
        for (int hit = 0; hit < hits; hit++) {
            octets[random.nextInt(octets.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return octets;
    }

    private byte[] lines(Kind kind, byte[] octets, int hits) {
        var lines = new ArrayList<Part>();
        for (int from = 0, at = 0; at < octets.length; at++) {
            if (octets[at] == '\n' || at == octets.length - 1) {
                lines.add(new Part(octets, from, at + 1));
                from = at + 1;
            }
        }
        for (int hit = 0; hit < hits && lines.size() > 1; hit++) {
            int at = random.nextInt(lines.size());
            switch (kind) {
                case LINES_DELETED -> lines.remove(at);
                case LINES_DUPLICATED -> lines.add(random.nextInt(lines.size()), lines.get(at));
                default -> Collections.swap(lines, at, random.nextInt(lines.size()));
            }
        }
        return joined(lines);
    }

    private byte[] inserted(byte[] octets, int hits) {
        var result = octets;
        for (int hit = 0; hit < hits; hit++) {
            int at = random.nextInt(result.length + 1);
            result = joined(List.of(new Part(result, 0, at), new Part(hostile()), new Part(result, at, result.length)));
        }
        return result;
    }

    private byte[] replaced(byte[] octets, int hits) {
        var result = octets;
        for (int hit = 0; hit < hits; hit++) {
            var old = word(result);
            var replacement = random.nextBoolean() ? word(result) : new Part(hostile());
            result = joined(
                    List.of(new Part(result, 0, old.from), replacement, new Part(result, old.to, result.length)));
        }
        return result;
    }

    /** Some word, number or address; empty where there is none. */
    private Part word(byte[] octets) {
        int from = random.nextInt(octets.length + 1);
        while (from < octets.length && !isPartOfWord(octets[from])) {
            from++;
        }
        while (from > 0 && from < octets.length && isPartOfWord(octets[from - 1])) {
            from--;
        }
        int to = from;
        while (to < octets.length && isPartOfWord(octets[to])) {
            to++;
        }
        return new Part(octets, from, to);
    }

    private static boolean isPartOfWord(byte octet) {
        return Character.isLetterOrDigit(octet) || ":./_-".indexOf(octet) >= 0;
    }

    private byte[] hostile() {
        return HOSTILE.get(random.nextInt(HOSTILE.size()));
    }

    private static byte[] joined(List<Part> parts) {
        var joined = new ByteArrayOutputStream(
                parts.stream().mapToInt(part -> part.to - part.from).sum());
        parts.forEach(part -> joined.write(part.of, part.from, part.to - part.from));
        return joined.toByteArray();
    }

    private static List<byte[]> octets(String... texts) {
        return Arrays.stream(texts)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
