package dev.hoplog.local;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP port of 127.0.0.1 that nobody listens on, for servers that must be told their port before they start. */
public final class FreePort {
    /**
     * Below the ports that operating systems give to outgoing connections (Linux 32768, others 49152 and up): one of those
     * would be free now and taken seconds later by somebody's connection, before a server that starts last listens on it.
     */
    static final int FIRST = 20_000;

    static final int LAST = 32_767;

    private static final AtomicInteger next =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(LAST - FIRST + 1));

    private FreePort() {}

    /**
     * The wanted port, or where {@code wanted} is 0 one from {@value #FIRST} to {@value #LAST} that this process was not
     * given lately.
     *
     * <p>Another server could take the port before the caller's does. That is rare; the server then fails to start and says
     * so, only less clearly than here.
     *
     * @throws IOException if the wanted port is taken, or all of them
     */
    public static int orGiven(int wanted) throws IOException {
        if (wanted != 0) {
            probe(wanted);
            return wanted;
        }
        for (var tries = FIRST; tries <= LAST; tries++) {
            var port = FIRST + Math.floorMod(next.getAndIncrement(), LAST - FIRST + 1);
            try {
                probe(port);
                return port;
            } catch (IOException taken) {
                continue;
            }
        }
        throw new IOException("every port of 127.0.0.1 from " + FIRST + " to " + LAST + " is taken");
    }

    private static void probe(int port) throws IOException {
        try (var probe = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assert probe.isBound();
        } catch (BindException taken) {
            throw new IOException("port " + port + " of 127.0.0.1 is taken", taken);
        }
    }
}
