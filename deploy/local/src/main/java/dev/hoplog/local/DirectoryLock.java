package dev.hoplog.local;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One owner per directory. The operating system drops the lock when its holder dies, however it dies; so whoever holds the
 * lock knows that a server still running in the directory is an orphan, not somebody's.
 */
public final class DirectoryLock implements AutoCloseable {
    /**
     * What this process holds. The file must not even be opened a second time: to close it again would drop the lock, since
     * POSIX drops all locks that a process has on a file as soon as it closes the file anywhere.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * @param directory must exist
     * @throws IOException if another program, or another part of this one, has it
     */
    public static DirectoryLock take(Path directory) throws IOException {
        var real = directory.toRealPath();
        if (!HELD.add(real)) {
            throw new IOException(directory + " is in use by another part of this program");
        }
        try {
            return new DirectoryLock(real, locked(real.resolve("lock")));
        } catch (IOException | RuntimeException e) {
            HELD.remove(real);
            throw e;
        }
    }

    private static FileChannel locked(Path file) throws IOException {
        var channel = FileChannel.open(file, CREATE, WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            throw new IOException(file.getParent() + " is in use by another running program");
        }
        return channel;
    }

    /** The second time it does nothing. */
    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            channel.close();
            HELD.remove(directory);
        }
    }
}
