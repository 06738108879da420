package dev.hoplog.ingest.capture;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A folder to unpack into, removed when it is closed. A program that is killed leaves its folder behind; so whoever makes one
 * removes those that nobody holds any more. The operating system lets go of a lock when its holder dies, however it dies.
 *
 * <pre>
 *   hoplog-capture-123/
 *     lock         held by the program that made the folder
 *     unpacked/    made when the lock was held: with it and without a holder, the folder is abandoned
 * </pre>
 */
final class TemporaryFolder implements AutoCloseable {
    private static final String NAME = "hoplog-capture-";

    /** Of this program, which would lose its own lock if it opened the file again and closed it. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel lock;

    private TemporaryFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    static TemporaryFolder in(Path parent) throws IOException {
        var folder = Files.createTempDirectory(parent, NAME);
        OURS.add(folder);
        var lock = FileChannel.open(lockOf(folder), CREATE_NEW, WRITE);
        lock.lock();
        Files.createDirectory(unpackedOf(folder));
        removeAbandoned(folder);
        return new TemporaryFolder(folder, lock);
    }

    /** Where to unpack. */
    Path path() {
        return unpackedOf(folder);
    }

    private static Path lockOf(Path folder) {
        return folder.resolve("lock");
    }

    private static Path unpackedOf(Path folder) {
        return folder.resolve("unpacked");
    }

    private static void removeAbandoned(Path own) throws IOException {
        try (var siblings = Files.newDirectoryStream(own.resolveSibling("."), NAME + "*")) {
            for (var sibling : siblings) {
                removeIfAbandoned(sibling.normalize(), own);
            }
        }
    }

    private static void removeIfAbandoned(Path folder, Path own) {
        try {
            if (OURS.contains(folder)
                    || !Files.isDirectory(folder, NOFOLLOW_LINKS)
                    || !Files.isDirectory(unpackedOf(folder), NOFOLLOW_LINKS)
                    // Another user could put a link where a folder was, and have us delete what is ours elsewhere.
                    || !Files.getOwner(folder).equals(Files.getOwner(own))) {
                return;
            }
            try (var lock = FileChannel.open(lockOf(folder), WRITE)) {
                if (lock.tryLock() != null) {
                    delete(folder);
                }
            }
        } catch (IOException leftForAnotherTime) {
            // or removed by another program: no reason to fail what this one came for
        }
    }

    /** The lock last, so that whoever is killed here leaves what the next one removes. */
    private static void delete(Path folder) throws IOException {
        for (var part : new Path[] {unpackedOf(folder), folder}) {
            try (var all = Files.walk(part)) {
                for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }

    @Override
    public void close() {
        try (lock) {
            delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the temporary folder " + folder, e);
        } finally {
            OURS.remove(folder);
        }
    }
}
