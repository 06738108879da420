package dev.hoplog.local;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A TCP port of 127.0.0.1 that nobody listens on, for servers that must be told their port before they start. */
public final class FreePort {

    private FreePort() {}

    /**
     * The wanted port, or one chosen by the operating system where {@code wanted} is 0.
     *
     * <p>Another process could take the port before the server does. That is rare; the server then fails to start and says
     * so, only less clearly than here.
     */
    public static int orGiven(int wanted) throws IOException {
        try (var probe = new ServerSocket(wanted, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return probe.getLocalPort();
        } catch (BindException taken) {
            throw new IOException("port " + wanted + " of 127.0.0.1 is taken", taken);
        }
    }
}
