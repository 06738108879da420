package dev.hoplog.local;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** A random password, made once and then kept in a file that only its owner may read. */
final class PasswordFile {

    private static final int ENTROPY_BYTES = 24;

    private PasswordFile() {}

    /** The alphabet is base64url: nothing in it needs quoting in SQL, a URL or a shell. */
    static String readOrCreate(Path file) throws IOException {
        if (Files.notExists(file)) {
            var random = new byte[ENTROPY_BYTES];
            new SecureRandom().nextBytes(random);
            write(file, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
        }
        return Files.readString(file, US_ASCII);
    }

    /** Moved into place when complete: a crash leaves no empty password behind. */
    private static void write(Path file, String password) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var draft = Files.createTempFile(file.toAbsolutePath().getParent(), "password", ".new", ownerOnly);
        Files.writeString(draft, password, US_ASCII);
        Files.move(draft, file, ATOMIC_MOVE);
    }
}
