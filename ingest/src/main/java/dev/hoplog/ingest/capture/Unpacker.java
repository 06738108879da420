package dev.hoplog.ingest.capture;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Unpacks a {@code .tar.gz} into a temporary folder, and trusts nothing in it: no entry leaves the folder, links and
 * devices are refused, and number and size of what comes out are limited, so that a small file cannot fill a disk.
 */
final class Unpacker {
    static final long MOST_OCTETS = 8L << 30;
    static final int MOST_ENTRIES = 2_000_000;
    /** Deflate reaches about 1030; a real capture of text lies near 20. Counted once there is something to count. */
    private static final long MOST_RATIO = 500;

    private static final long RATIO_COUNTS_FROM_OCTETS = 64 << 20;

    private final Path archive;
    private final Path target;
    private long octets;
    private int entries;

    private Unpacker(Path archive, Path target) {
        this.archive = archive;
        this.target = target;
    }

    /** Returns the folder, which the caller deletes. */
    static Path unpack(Path archive) throws BadCapture {
        Path target;
        try {
            target = Files.createTempDirectory("hoplog-capture-");
        } catch (IOException e) {
            throw new BadCapture("cannot make a temporary folder: " + e.getMessage(), e);
        }
        try (var in = new BufferedInputStream(Files.newInputStream(archive));
                var gzip = GzipCompressorInputStream.builder()
                        .setInputStream(in)
                        .setDecompressConcatenated(true)
                        .get();
                var tar = new TarArchiveInputStream(gzip)) {
            new Unpacker(archive, target).unpack(tar, gzip);
            return target;
        } catch (IOException e) {
            CaptureFolder.delete(target);
            throw new BadCapture(
                    archive + " is no whole .tar.gz of a capture: " + e.getMessage()
                            + " (expected a directory, .tar.gz or .tgz)",
                    e);
        } catch (BadCapture e) {
            CaptureFolder.delete(target);
            throw e;
        }
    }

    private void unpack(TarArchiveInputStream tar, GzipCompressorInputStream gzip) throws IOException, BadCapture {
        for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            if (++entries > MOST_ENTRIES) {
                throw new BadCapture(archive + " has more than " + MOST_ENTRIES + " entries");
            }
            var path = inside(entry);
            if (entry.isDirectory()) {
                Files.createDirectories(path);
            } else if (entry.isFile() && !entry.isLink() && !entry.isSymbolicLink()) {
                Files.createDirectories(path.getParent() == null ? target : path.getParent());
                write(path, tar, gzip);
            } else {
                throw new BadCapture(archive + ": '" + entry.getName() + "' is neither file nor folder");
            }
        }
    }

    private Path inside(TarArchiveEntry entry) throws BadCapture {
        var path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target) || entry.getName().indexOf('\0') >= 0) {
            throw new BadCapture(archive + ": '" + entry.getName() + "' would lie outside of the capture");
        }
        return path;
    }

    private void write(Path path, InputStream in, GzipCompressorInputStream gzip) throws IOException, BadCapture {
        try (var out = Files.newOutputStream(path)) {
            var buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                octets += n;
                if (octets > MOST_OCTETS || isBomb(gzip.getCompressedCount())) {
                    throw new BadCapture(archive + " unpacks to more than it should: stopped after " + octets
                            + " octets from " + gzip.getCompressedCount());
                }
                out.write(buffer, 0, n);
            }
        }
    }

    private boolean isBomb(long compressed) {
        return octets > RATIO_COUNTS_FROM_OCTETS && octets / Math.max(1, compressed) > MOST_RATIO;
    }
}
