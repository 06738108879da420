package dev.hoplog.ingest.parse;

import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.bird.BirdClock;
import dev.hoplog.ingest.parse.bird.BirdDetail;
import dev.hoplog.ingest.parse.bird.BirdForm;
import dev.hoplog.ingest.parse.bird.BirdProtocols;
import dev.hoplog.ingest.parse.bird.BirdRoutes;
import dev.hoplog.ingest.parse.bird.BirdScope;
import dev.hoplog.ingest.parse.bird.BirdStatus;
import dev.hoplog.ingest.parse.cilium.CiliumNodeConfig;
import dev.hoplog.ingest.parse.cilium.CiliumPeers;
import dev.hoplog.ingest.parse.cilium.CiliumQuestion;
import dev.hoplog.ingest.parse.cilium.CiliumRoutes;
import dev.hoplog.ingest.parse.frr.FrrFib;
import dev.hoplog.ingest.parse.frr.FrrForm;
import dev.hoplog.ingest.parse.frr.FrrNeighborRoutes;
import dev.hoplog.ingest.parse.frr.FrrNeighbors;
import dev.hoplog.ingest.parse.frr.FrrPrefix;
import dev.hoplog.ingest.parse.frr.FrrRouteMaps;
import dev.hoplog.ingest.parse.frr.FrrSummary;
import dev.hoplog.ingest.parse.frr.FrrTable;
import dev.hoplog.ingest.parse.gobgp.GobgpNeighbors;
import dev.hoplog.ingest.parse.gobgp.GobgpRib;
import dev.hoplog.ingest.parse.linux.IpRoutes;
import dev.hoplog.ingest.parse.talos.TalosForm;
import dev.hoplog.ingest.parse.talos.TalosRoutes;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.PeerId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One line of the index of golden files: a raw output, and how to read it.
 *
 * @param section the command within a transcript of several
 */
public record GoldenCase(String file, Optional<String> section, String parser, List<String> arguments) {
    static final Path FOLDER = Path.of("src/test/resources/golden");

    public static Stream<GoldenCase> all() throws IOException {
        return Files.readAllLines(folder().resolve("index.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(GoldenCase::of);
    }

    static Path folder() {
        return Files.exists(FOLDER) ? FOLDER : Path.of("ingest").resolve(FOLDER);
    }

    private static GoldenCase of(String line) {
        var columns = line.split(" \\| ");
        var name = columns[0].split("#", 2);
        var arguments = columns.length < 3 ? List.<String>of() : List.of(columns[2].split(" "));
        return new GoldenCase(
                name[0], name.length == 2 ? Optional.of(name[1]) : Optional.empty(), columns[1], arguments);
    }

    public byte[] raw() throws IOException {
        var whole = Files.readAllBytes(folder().resolve(file));
        if (section.isEmpty()) {
            return whole;
        }
        var text = new String(whole, StandardCharsets.UTF_8);
        var heading = ">>> " + section.get() + "\n";
        int start = text.indexOf(heading) + heading.length();
        int end = text.indexOf("\n>>> ", start);
        return text.substring(start, end < 0 ? text.length() : end + 1).getBytes(StandardCharsets.UTF_8);
    }

    Path expected() {
        var suffix = section.map(s -> "." + s.replace(' ', '_')).orElse("");
        return folder().resolve(file + suffix + ".expected");
    }

    /** A ParsedOutput, or what the parser makes of its output: listings, a status, one prefix, route maps. */
    public Object parse(byte[] raw) throws UnusableOutput {
        return parse(new ByteArrayInputStream(raw));
    }

    Object parse(InputStream in) throws UnusableOutput {
        return switch (parser) {
            case "frr-table" -> FrrTable.parse(in, family(0), FrrForm.valueOf(arguments.get(1)));
            case "frr-summary" -> FrrSummary.parse(in, new TableName(arguments.get(0), family(1)));
            case "frr-neighbors" -> FrrNeighbors.parse(in, new TableName(arguments.get(0), family(1)));
            case "frr-neighbor" ->
                FrrNeighborRoutes.parse(
                        in,
                        new TableName(arguments.get(0), family(1)),
                        FrrNeighborRoutes.Direction.valueOf(arguments.get(2)));
            case "frr-fib" -> FrrFib.parse(in, new TableName(arguments.get(0), family(1)));
            case "frr-prefix" -> FrrPrefix.parse(in, family(0));
            case "frr-route-maps" -> FrrRouteMaps.parse(in);
            case "gobgp-rib" -> GobgpRib.parse(in, family(0));
            case "gobgp-neighbors" -> GobgpNeighbors.parse(in, families());
            case "ip-routes" -> IpRoutes.parse(in, new TableName(arguments.get(0), family(1)));
            case "bird-routes" -> BirdRoutes.parse(in, form(), detail(), scope(), clock());
            case "bird-protocols" -> BirdProtocols.parse(in, form(), clock());
            case "bird-status" -> BirdStatus.parse(in, form());
            case "cilium-routes" -> CiliumRoutes.parse(in, question());
            case "cilium-peers" -> CiliumPeers.parse(in, asked(0), asked(1));
            case "cilium-node-config" -> CiliumNodeConfig.parse(in);
            case "talos-routes" -> TalosRoutes.parse(in, TalosForm.valueOf(arguments.getFirst()));
            default -> throw new IllegalArgumentException(parser);
        };
    }

    /** Whether the output, cut at the right place, looks whole. */
    public boolean hasNoEndMark() {
        return parser.equals("talos-routes") || (parser.startsWith("bird-") && form() != BirdForm.CONTROL_SOCKET);
    }

    BirdForm form() {
        return BirdForm.valueOf(arguments.getFirst());
    }

    private BirdDetail detail() {
        return arguments.contains("brief") ? BirdDetail.BRIEF : BirdDetail.ALL;
    }

    private AddressFamily family(int argument) {
        return AddressFamily.parse(arguments.get(argument));
    }

    private Set<AddressFamily> families() {
        return arguments.stream().map(AddressFamily::parse).collect(Collectors.toSet());
    }

    private BirdScope scope() {
        return option("named")
                .<BirdScope>map(value -> {
                    var parts = value.split(":");
                    return new BirdScope.Named(parts[0], Optional.of(AddressFamily.parse(parts[1])));
                })
                .orElseGet(() -> arguments.contains("every") ? new BirdScope.Every(Map.of()) : new BirdScope.Unasked());
    }

    /** {@code clock=status file@from/to}. */
    Optional<BirdClock> clock() {
        return option("clock").map(value -> value.split("[@/]")).map(parts -> {
            try {
                var status = Files.readAllBytes(folder().resolve(file).resolveSibling(parts[0]));
                return BirdClock.of(
                                BirdStatus.parse(new ByteArrayInputStream(status), BirdForm.BIRDC),
                                Instant.parse(parts[1]),
                                Instant.parse(parts[2]))
                        .orElseThrow();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (UnusableOutput e) {
                throw new AssertionError(e);
            }
        });
    }

    private CiliumQuestion question() {
        return new CiliumQuestion(
                family(0),
                arguments.get(1).equals("adj"),
                option("router").map(Long::valueOf),
                option("peer").map(PeerId::parse),
                asked(0),
                asked(1));
    }

    /** {@code asked=from/to}. */
    private Instant asked(int end) {
        return Instant.parse(option("asked").orElseThrow().split("/")[end]);
    }

    private Optional<String> option(String name) {
        return arguments.stream()
                .filter(argument -> argument.startsWith(name + "="))
                .map(argument -> argument.substring(name.length() + 1))
                .findFirst();
    }

    @Override
    public String toString() {
        return file + section.map(s -> " (" + s + ")").orElse("");
    }

    /** Every raw file, so that none is forgotten in the index. */
    static Set<String> files() throws IOException {
        try (var walk = Files.walk(folder())) {
            return walk.filter(Files::isRegularFile)
                    .map(path -> folder().relativize(path).toString())
                    .filter(name -> !name.endsWith(".expected"))
                    .filter(name -> !Arrays.asList("NOTICE", "index.txt").contains(name))
                    .collect(Collectors.toSet());
        }
    }
}
