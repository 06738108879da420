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
        SPLICED
    }

    /** @param hits how many bits, lines or insertions */
    record Mutation(Kind kind, int hits, byte[] octets) {}

    private static final List<String> INSERTIONS = List.of(
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

    /** @param other the output of something else, to splice with */
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
            case SPLICED -> {
                var head = Arrays.copyOf(octets, random.nextInt(octets.length));
                int from = random.nextInt(other.length + 1);
                yield new Mutation(kind, 1, joined(head, Arrays.copyOfRange(other, from, other.length)));
            }
        };
    }

    private byte[] flipped(byte[] octets, int hits) {
        for (int hit = 0; hit < hits; hit++) {
            octets[random.nextInt(octets.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return octets;
    }

    private byte[] lines(Kind kind, byte[] octets, int hits) {
        var lines = new ArrayList<>(Arrays.asList(new String(octets, StandardCharsets.ISO_8859_1).split("(?<=\n)")));
        for (int hit = 0; hit < hits && lines.size() > 1; hit++) {
            int at = random.nextInt(lines.size());
            switch (kind) {
                case LINES_DELETED -> lines.remove(at);
                case LINES_DUPLICATED -> lines.add(random.nextInt(lines.size()), lines.get(at));
                default -> Collections.swap(lines, at, random.nextInt(lines.size()));
            }
        }
        return String.join("", lines).getBytes(StandardCharsets.ISO_8859_1);
    }

    private byte[] inserted(byte[] octets, int hits) {
        var result = octets;
        for (int hit = 0; hit < hits; hit++) {
            int at = random.nextInt(result.length + 1);
            var insertion = INSERTIONS.get(random.nextInt(INSERTIONS.size())).getBytes(StandardCharsets.UTF_8);
            result =
                    joined(joined(Arrays.copyOf(result, at), insertion), Arrays.copyOfRange(result, at, result.length));
        }
        return result;
    }

    private static byte[] joined(byte[] head, byte[] tail) {
        var joined = new ByteArrayOutputStream(head.length + tail.length);
        joined.writeBytes(head);
        joined.writeBytes(tail);
        return joined.toByteArray();
    }
}
