package dev.hoplog.ingest.capture;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Unpacks a {@code .tar.gz} into a folder, and trusts nothing in it: no entry leaves the folder, links and devices are
 * refused, and number and size of what comes out are limited, so that a small file cannot fill a disk.
 */
final class Unpacker {
    private final Path archive;
    private final Path target;

    private Unpacker(Path archive, Path target) {
        this.archive = archive;
        this.target = target;
    }

    /**
     * How much may come out of an archive.
     *
     * @param mostRatio unpacked octets to packed ones. Deflate reaches about 1030; a real capture of text lies near 20
     * @param ratioCountsFromOctets a small archive may be as regular as it likes
     */
    record Limits(long mostOctets, int mostEntries, long mostRatio, long ratioCountsFromOctets) {
        static final Limits USUAL = new Limits(8L << 30, 2_000_000, 500, 64 << 20);

        boolean allow(long octets, long packed) {
            return octets <= mostOctets
                    && (octets <= ratioCountsFromOctets || octets / Math.max(1, packed) <= mostRatio);
        }
    }

    static void unpack(Path archive, Path target, Limits limits) throws BadCapture {
        try (var in = new BufferedInputStream(Files.newInputStream(archive));
                var gzip = GzipCompressorInputStream.builder()
                        .setInputStream(in)
                        .setDecompressConcatenated(true)
                        .get();
                var tar = new TarArchiveInputStream(new LimitedUnpacking(gzip, limits))) {
            new Unpacker(archive, target).unpack(tar, limits);
        } catch (IOException | IllegalArgumentException e) {
            throw new BadCapture(
                    archive + " is no whole .tar.gz of a capture: "
                            + (e.getMessage() == null ? "it ends too early" : e.getMessage())
                            + " (expected a directory, .tar.gz or .tgz; or, with --hop, --at and --command, what one"
                            + " command printed)",
                    e);
        }
    }

    private void unpack(TarArchiveInputStream tar, Limits limits) throws IOException, BadCapture {
        int entries = 0;
        for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            if (++entries > limits.mostEntries) {
                throw new BadCapture(archive + " has more than " + limits.mostEntries + " entries");
            }
            var path = inside(entry);
            if (entry.isDirectory()) {
                Files.createDirectories(path);
            } else if (isPlainFile(entry)) {
                Files.createDirectories(path.getParent() == null ? target : path.getParent());
                Files.copy(tar, path);
            } else {
                throw new BadCapture(archive + ": '" + entry.getName() + "' is neither file nor folder");
            }
        }
    }

    /** The library calls a file whatever is no directory. */
    private static boolean isPlainFile(TarArchiveEntry entry) {
        return entry.isFile()
                && !entry.isLink()
                && !entry.isSymbolicLink()
                && !entry.isCharacterDevice()
                && !entry.isBlockDevice()
                && !entry.isFIFO();
    }

    private Path inside(TarArchiveEntry entry) throws BadCapture {
        try {
            var path = target.resolve(entry.getName()).normalize();
            if (path.startsWith(target)) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw new BadCapture(archive + ": an entry's name is no path: " + e.getMessage(), e);
        }
        throw new BadCapture(archive + ": '" + entry.getName() + "' would lie outside of the capture");
    }
}
