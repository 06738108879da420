package dev.hoplog.api.cli;

import com.google.protobuf.Timestamp;
import dev.hoplog.v1.Bounds;
import dev.hoplog.v1.HopAnswer;
import dev.hoplog.v1.Path;
import dev.hoplog.v1.Rib;
import dev.hoplog.v1.Route;
import dev.hoplog.v1.View;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Answers of the API as the tests of the renderers want them. */
final class Examples {
    static final String PREFIX = "fd00:101:224:3::/64";

    private Examples() {}

    static Timestamp time(String iso) {
        var instant = Instant.parse(iso);
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    static Bounds bounds(String after, String atOrBefore) {
        return Bounds.newBuilder()
                .setAfter(time(after))
                .setAtOrBefore(time(atOrBefore))
                .build();
    }

    static Rib locRib(String hop) {
        return Rib.newBuilder()
                .setHop(hop)
                .setFamily("ipv6-unicast")
                .setView(View.VIEW_LOC_RIB)
                .build();
    }

    static Rib fib(String hop) {
        return locRib(hop).toBuilder().setView(View.VIEW_FIB).build();
    }

    /** As FRR shows it, learned over iBGP. */
    static Route route() {
        return Route.newBuilder()
                .setPrefix(PREFIX)
                .setUsable(true)
                .addPaths(Path.newBuilder()
                        .setFrom("fd00:100::3")
                        .addNextHops("fd00:100::3")
                        .setAsPath("4220101022")
                        .setLocalPref(100)
                        .addFlags("valid")
                        .addFlags("best"))
                .build();
    }

    /** As the kernel shows it. */
    static Route kernelRoute() {
        return Route.newBuilder()
                .setPrefix(PREFIX)
                .setUsable(true)
                .addPaths(Path.newBuilder()
                        .setProtocol("bgp")
                        .addNextHops("fe80::3%vmbr1")
                        .setMetric(20))
                .build();
    }

    static Route defaultRoute() {
        var path = Path.newBuilder().setProtocol("static").addNextHops("fd00:100::1");
        return Route.newBuilder()
                .setPrefix("::/0")
                .setUsable(true)
                .addPaths(path)
                .build();
    }

    static HopAnswer.Builder answer(String hop) {
        return HopAnswer.newBuilder()
                .setRib(locRib(hop))
                .setJudgedAt(time("2026-11-23T04:39:55.412345Z"))
                .setCompleteUpTo(time("2026-11-23T04:39:55.412345Z"));
    }

    /** What the text should be. */
    static String golden(String name) {
        try (var file = Examples.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalArgumentException("no golden file " + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
