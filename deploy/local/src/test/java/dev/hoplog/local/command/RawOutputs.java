package dev.hoplog.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * What an engineer reads in a daemon's output, of IPv6: each prefix, and of its best path the next hop, which comes first, and
 * the AS path where the daemon prints one. By plain JSON, regular expressions and octets: as little code as will do, and
 * none of ours.
 */
final class RawOutputs {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern BIRD_PATH = Pattern.compile("(\\S+/\\d+)? +(\\w+) \\[[^]]*\\] ?([*!]?).*");
    private static final Pattern BIRD_VIA = Pattern.compile("\tvia (\\S+) on (\\S+).*");
    private static final Pattern BIRD_AS_PATH = Pattern.compile("\t(?:BGP.as_path|bgp_path): (.+)");
    private static final int MP_REACH = 14;
    private static final int EXTENDED_LENGTH = 0x10;

    private RawOutputs() {}

    /** {@code "routes": {"fd10::/64": [{"bestpath": true, "path": "65010", "nexthops": [{"ip": ..., "used": true}]}]}}. */
    static Map<String, List<String>> ofFrr(Path file) throws IOException {
        var shown = new TreeMap<String, List<String>>();
        for (var route : JSON.readTree(file.toFile()).get("routes").properties()) {
            var best = first(route.getValue(), "bestpath");
            var words = new ArrayList<>(
                    List.of(first(best.get("nexthops"), "used").get("ip").asText()));
            if (!best.get("path").asText().isEmpty()) {
                // FRR has a comma within a set, everybody else a space.
                words.add("AS path " + best.get("path").asText().replace(',', ' '));
            }
            shown.put(route.getKey(), words);
        }
        return shown;
    }

    /**
     * {@code "routes": {"fd10::/64": {"paths": [{"aspath": {"string": "65010"}, "bestpath": {"overall": true}, "nexthops":
     * [...]}]}}}; of FRR 8 a list in place of the object, with the paths behind a heading.
     */
    static Map<String, List<String>> ofFrrDetail(Path file) throws IOException {
        var shown = new TreeMap<String, List<String>>();
        for (var route : JSON.readTree(file.toFile()).get("routes").properties()) {
            var all = route.getValue();
            var paths = StreamSupport.stream((all.isArray() ? all : all.get("paths")).spliterator(), false)
                    .filter(path -> path.has("aspath"))
                    .toList();
            var best = paths.stream()
                    .filter(path -> path.at("/bestpath/overall").asBoolean())
                    .findFirst()
                    .orElse(paths.getFirst());
            var words = new ArrayList<>(
                    List.of(first(best.get("nexthops"), "used").get("ip").asText()));
            var asPath = best.at("/aspath/string").asText();
            if (!asPath.equals("Local")) {
                words.add("AS path " + asPath.replace(',', ' '));
            }
            shown.put(route.getKey(), words);
        }
        return shown;
    }

    /** {@code fd10::/64  unicast [peer 04:21:42.029] * (100) [AS65010i]}, then {@code via fd00::1 on eth0}. */
    static Map<String, List<String>> ofBird(Path file) throws IOException {
        var shown = new TreeMap<String, List<String>>();
        var prefix = "";
        List<String> words = new ArrayList<>();
        var isBest = false;
        for (var line : Files.readAllLines(file)) {
            var path = BIRD_PATH.matcher(line);
            var via = BIRD_VIA.matcher(line);
            var asPath = BIRD_AS_PATH.matcher(line);
            if (path.matches()) {
                prefix = path.group(1) == null ? prefix : path.group(1);
                isBest = !path.group(3).isEmpty();
                words = shown.computeIfAbsent(prefix, first -> new ArrayList<>());
                if (isBest && !path.group(2).equals("unicast")) {
                    words.add(path.group(2));
                }
            } else if (isBest && via.matches()) {
                words.add(via.group(1) + "%" + via.group(2));
            } else if (isBest && asPath.matches()) {
                words.add("AS path " + asPath.group(1));
            }
        }
        return shown;
    }

    /** {@code {"fd10::/64": [{"best": true, "attrs": [{"type": 14, "nexthop": "fd00::1"}]}]}}. */
    static Map<String, List<String>> ofGobgp(Path file) throws IOException {
        var shown = new TreeMap<String, List<String>>();
        for (var route : JSON.readTree(file.toFile()).properties()) {
            for (var attribute : first(route.getValue(), "best").get("attrs")) {
                if (attribute.get("type").asInt() == MP_REACH) {
                    shown.put(route.getKey(), List.of(attribute.get("nexthop").asText()));
                }
            }
        }
        return shown;
    }

    /** {@code [{"paths": [{"best": true, "nlri": {"base64": ...}, "path-attributes": [{"base64": ...}]}]}]}. */
    static Map<String, List<String>> ofCilium(Path file) throws IOException {
        var shown = new TreeMap<String, List<String>>();
        for (var route : JSON.readTree(file.toFile())) {
            var best = first(route.get("paths"), "best");
            var nlri = octets(best.get("nlri"));
            var length = Byte.toUnsignedInt(nlri.get());
            var address = new byte[16];
            nlri.get(address, 0, nlri.remaining());
            for (var attribute : best.get("path-attributes")) {
                var octets = octets(attribute);
                var flags = octets.get();
                if (octets.get() == MP_REACH) {
                    // The length, in one octet or two; AFI and SAFI; the length of the next hop.
                    octets.position(octets.position() + ((flags & EXTENDED_LENGTH) == 0 ? 1 : 2) + 4);
                    var nextHop = new byte[16];
                    octets.get(nextHop);
                    shown.put(text(address) + "/" + length, List.of(text(nextHop)));
                }
            }
        }
        return shown;
    }

    /** One document after the other: {@code {"spec": {"table": "main", "dst": ..., "gateway": ..., "outLinkName": ...}}}. */
    static Map<String, List<String>> ofTalos(Path file, String table) throws IOException {
        var shown = new TreeMap<String, List<String>>();
        try (var documents = JSON.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
            while (documents.hasNext()) {
                var spec = documents.next().get("spec");
                if (spec.get("table").asText().equals(table)) {
                    shown.put(
                            spec.get("dst").asText(),
                            List.of(spec.get("gateway").asText() + "%"
                                    + spec.get("outLinkName").asText()));
                }
            }
        }
        return shown;
    }

    /** {@code [{"type": "unicast", "dst": "fd10::/64", "gateway": "fd00::1", "dev": "eth0"}]}. */
    static Map<String, List<String>> ofLinux(Path file) throws IOException {
        var shown = new TreeMap<String, List<String>>();
        for (var route : JSON.readTree(file.toFile())) {
            var dst = route.get("dst").asText();
            var prefix = dst.equals("default") ? "::/0" : dst.contains("/") ? dst : dst + "/128";
            var type = route.get("type").asText();
            var words = new ArrayList<String>();
            if (route.has("nexthops")) {
                route.get("nexthops").forEach(hop -> words.add(nextHop(hop)));
            } else {
                words.add(type.equals("unicast") ? nextHop(route) : type);
            }
            shown.put(prefix, words);
        }
        return shown;
    }

    private static String nextHop(JsonNode hop) {
        return hop.get("gateway").asText() + "%" + hop.get("dev").asText();
    }

    /** The first that has the mark, else the first. */
    private static JsonNode first(JsonNode all, String mark) {
        return StreamSupport.stream(all.spliterator(), false)
                .filter(one -> one.path(mark).asBoolean())
                .findFirst()
                .orElseGet(() -> all.get(0));
    }

    private static ByteBuffer octets(JsonNode base64) {
        return ByteBuffer.wrap(Base64.getDecoder().decode(base64.get("base64").asText()));
    }

    /** As RFC 5952 writes it: the longest run of zeros left out. */
    private static String text(byte[] address) throws IOException {
        return InetAddress.getByAddress(address)
                .getHostAddress()
                .replaceFirst("(?:^|:)(?:0:)+0$", "::")
                .replaceFirst(":(?:0:)+", "::");
    }
}
