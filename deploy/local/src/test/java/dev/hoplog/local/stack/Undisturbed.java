package dev.hoplog.local.stack;

import dev.hoplog.api.cli.HoplogClient;
import dev.hoplog.local.LocalPostgres.Durability;
import dev.hoplog.local.Tree;
import dev.hoplog.truth.Recording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A stack into which all recordings were replayed, one after the other and undisturbed: one for all classes of tests, which
 * may add networks of their own to it, but nothing to those of the recordings.
 *
 * @param answers what it answered before any test had begun
 */
record Undisturbed(Path directory, TestStack stack, HoplogClient client, Map<String, Object> answers)
        implements AutoCloseable {

    private static Undisturbed start() {
        try {
            var directory = Files.createTempDirectory("hoplog-undisturbed");
            var stack = TestStack.start(directory, Durability.TEMPORARY);
            try {
                for (var recording : Recording.values()) {
                    stack.replay(recording);
                }
                var client = stack.client();
                return new Undisturbed(directory, stack, client, Questions.answers(client));
            } catch (IOException | RuntimeException e) {
                stack.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
        stack.close();
        Tree.delete(directory);
    }

    /** Gives it to the tests that ask for it; the first one that does starts it, and the end of all tests stops it. */
    static final class Shared implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
            return parameter.getParameter().getType() == Undisturbed.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
            return test.getRoot()
                    .getStore(Namespace.create(Undisturbed.class))
                    .computeIfAbsent(Undisturbed.class, key -> start(), Undisturbed.class);
        }
    }
}
