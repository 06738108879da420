package dev.hoplog.local;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** Unpacks the PostgreSQL programs from the classpath, once per archive, into the cache directory of the user. */
final class PostgresBinaries {

    private static final int OWNER_MAY_EXECUTE = 0100;

    private PostgresBinaries() {}

    /** The directory that holds {@code bin/}, {@code lib/} and {@code share/}. */
    static Path unpacked() throws IOException {
        var archive = archive();
        var home = cache().resolve("postgres-" + digest(archive));
        if (Files.notExists(home)) {
            unpack(archive, home);
        }
        return home;
    }

    private static byte[] archive() throws IOException {
        var architecture = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        var name = "/postgres-" + System.getProperty("os.name").toLowerCase(Locale.ROOT) + "-" + architecture + ".txz";
        try (var resource = PostgresBinaries.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IOException("no PostgreSQL programs for this machine: " + name + " is not on the classpath");
            }
            return resource.readAllBytes();
        }
    }

    /** Not the shared temporary directory: whoever can write there first could plant programs for us to run. */
    private static Path cache() {
        var configured = System.getenv("XDG_CACHE_HOME");
        var base = configured == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(configured);
        return base.resolve("hoplog");
    }

    /** Named by content, so that a new version never mixes with an old one. */
    private static String digest(byte[] archive) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256").digest(archive);
            return HexFormat.of().formatHex(sha256, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JDK has SHA-256", impossible);
        }
    }

    /** Unpacked aside and renamed when complete: neither a crash nor a second process sees half an installation. */
    private static void unpack(byte[] archive, Path home) throws IOException {
        Files.createDirectories(home.getParent());
        var draft = Files.createTempDirectory(home.getParent(), "unpacking");
        try (var tar = new TarArchiveInputStream(new XZCompressorInputStream(new ByteArrayInputStream(archive)))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(entry, tar, draft);
            }
        }
        try {
            Files.move(draft, home, ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException anotherProcessWasFaster) {
            Tree.delete(draft);
        }
    }

    private static void unpack(TarArchiveEntry entry, TarArchiveInputStream tar, Path root) throws IOException {
        var target = entry.resolveIn(root);
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target);
        if ((entry.getMode() & OWNER_MAY_EXECUTE) != 0) {
            var permissions = EnumSet.copyOf(Files.getPosixFilePermissions(target));
            permissions.add(PosixFilePermission.OWNER_EXECUTE);
            Files.setPosixFilePermissions(target, permissions);
        }
    }
}
