package dev.hoplog.local.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks a Quarkus program whether it does its work. */
public final class Readiness {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final int OK = 200;

    private Readiness() {}

    /** @param address host and port */
    public static boolean at(String address) {
        var request = HttpRequest.newBuilder(URI.create("http://" + address + "/q/health/ready"))
                .timeout(LIMIT)
                .build();
        try (var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(LIMIT)
                .build()) {
            return client.send(request, BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
