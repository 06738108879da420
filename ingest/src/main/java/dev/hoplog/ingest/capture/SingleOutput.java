package dev.hoplog.ingest.capture;

import dev.hoplog.ingest.read.CommandResult;
import dev.hoplog.ingest.read.DaemonReader;
import dev.hoplog.ingest.read.HopReader;
import dev.hoplog.ingest.read.Observation;
import dev.hoplog.ingest.read.Observation.NotObserved;
import dev.hoplog.ingest.read.Observation.Observed;
import dev.hoplog.ingest.read.Reading;
import dev.hoplog.ingest.read.RibName;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Excerpt;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.HopId;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.View;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one command printed, in a file, with what a file does not say: on which hop, asked how, and when. It is read as a
 * scrape of that one command.
 *
 * <p>The command is never guessed from the contents: a listing of one prefix, of one protocol or of one community has the
 * form of a whole table, and taken for one it would prove everything else absent.
 *
 * @param hop one of the tables that the output shows; where it shows more of them, all are read
 * @param command as it was typed; what is typed within vtysh or birdc may stand alone
 * @param from when the command was started, or before
 * @param to when it had ended, or after; not before {@code from}
 * @param vouchedWhole somebody says that the file has all that was printed
 * @param family of the hop's table, where an empty one does not show it
 */
public record SingleOutput(
        Path file,
        HopId hop,
        String command,
        Instant from,
        Instant to,
        boolean vouchedWhole,
        Optional<AddressFamily> family) {
    private static final int GZIP = 0x1f8b;
    private static final int MOST_BANNER_OCTETS = 100;

    /** The first line of birdc without -v. From the control socket there is a code before it. */
    private static final Pattern BIRDC_BANNER = Pattern.compile("BIRD \\S+ ready\\.\\R.*", Pattern.DOTALL);

    private static final PeerId ANY_PEER = PeerId.parse("::");

    /** The daemon whose commands name no family, and whose empty tables show none. */
    private static final String OF_HIDDEN_FAMILIES = "bird";

    /**
     * @param words of the command line, each empty if it was not given
     * @throws BadCapture if they do not name a file, a hop, a command that tells of whole tables, and a time
     */
    public static SingleOutput of(
            Path file, String hop, Optional<String> command, Instant at, Optional<Instant> until, boolean vouchedWhole)
            throws BadCapture {
        var named = hop(hop);
        var reader = reader(named);
        if (!Files.exists(file)) {
            throw new BadCapture(file + " does not exist");
        }
        if (Files.isDirectory(file) || isGzip(file)) {
            throw new BadCapture(file + " is not what one command printed: a capture says hops and times itself, and is"
                    + " replayed without --hop, --at and --command");
        }
        var typed = command.map(String::strip).filter(line -> !line.isEmpty());
        if (typed.isEmpty()) {
            throw new BadCapture(file + ": say with --command what was asked, as it was typed; the output itself does"
                    + " not tell a whole table from a part of one." + suggested(reader, named));
        }
        var asked = asRun(typed.get(), named, file);
        if (!reader.knows(List.of(asked))) {
            throw new BadCapture(
                    file + ": '" + Excerpt.of(typed.get()) + "' is not known to show a whole table of " + named.daemon()
                            + ", so nothing would follow from what it does not show." + reader.lacking(List.of(asked))
                            + suggested(reader, named));
        }
        if (until.filter(end -> end.isBefore(at)).isPresent()) {
            throw new BadCapture("--until " + until.get() + " is before --at " + at + ": --at is when the command was"
                    + " started, --until when it had ended");
        }
        return new SingleOutput(
                file,
                named,
                asked,
                EpochSeconds.floor(at),
                EpochSeconds.ceiling(until.orElse(at)),
                vouchedWhole,
                Optional.empty());
    }

    /**
     * The same of a table of this family.
     *
     * @param name ipv4 or ipv6
     * @throws BadCapture if it is neither, or the hop's daemon says itself which it is
     */
    public SingleOutput ofFamily(String name) throws BadCapture {
        if (!hop.daemon().equals(OF_HIDDEN_FAMILIES)) {
            throw new BadCapture("--family is for an empty table of BIRD, which does not show its family: the commands"
                    + " and outputs of " + hop.daemon() + " do");
        }
        var said = Arrays.stream(AddressFamily.values())
                .filter(one -> one.toString().equals(name + "-unicast"))
                .findFirst()
                .orElseThrow(() -> new BadCapture("--family " + Excerpt.of(name) + ": expected ipv4 or ipv6"));
        return with(vouchedWhole, Optional.of(said));
    }

    private SingleOutput with(boolean whole, Optional<AddressFamily> said) {
        return new SingleOutput(file, hop, command, from, to, whole, said);
    }

    /** What the network is called if nobody says: the file, without its ending. */
    public String name() {
        return CaptureFolder.asName(String.valueOf(file.getFileName()).replaceFirst("(?<=.)\\.[^.]*$", ""));
    }

    /**
     * One observation for each RIB that the output shows, the hop's own among them.
     *
     * @throws BadCapture if nothing is observed of the hop, with the reason
     */
    public List<Observation> read(String network) throws BadCapture {
        var observations = observations(network);
        if (shown(observations).contains(hop)) {
            checkQuestion(observations);
            checkFamily(observations);
            return observations;
        }
        // Nobody's word would make it an output of another hop.
        var shown = shown(vouchedWhole ? observations : with(true, family).observations(network));
        if (!shown.isEmpty() && !shown.contains(hop)) {
            throw new BadCapture(file + " shows "
                    + shown.stream().map(HopId::toString).collect(Collectors.joining(", ")) + ", and not " + hop
                    + ": mend --hop, or give the output of another command");
        }
        var reader = reader(hop);
        throw new BadCapture(file + " proves nothing of " + hop + ": "
                + observations.stream()
                        .flatMap(o -> o instanceof NotObserved failed
                                ? Stream.of(failed.detail() + mend(failed.reason()))
                                : Stream.empty())
                        .findFirst()
                        .or(() -> isEmptyOfUnknownFamily(network)
                                ? Optional.of("the table is empty, and does not show of which family it is"
                                        + " (say --family ipv4 or --family ipv6)")
                                : Optional.empty())
                        .or(() -> reasonOf(result(), reader))
                        .orElseGet(() -> "the command shows no table without others beside it, as a capture has them."
                                + suggested(reader, hop))
                + vouching(network));
    }

    private static Set<HopId> shown(List<Observation> observations) {
        return observations.stream()
                .filter(Observed.class::isInstance)
                .map(observed -> observed.rib().hop())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** A command that asks for a table that its output does not have is not the command of that output. */
    private void checkQuestion(List<Observation> observations) throws BadCapture {
        for (var observation : observations) {
            if (observation instanceof NotObserved failed
                    && failed.reason() == FailureReason.NO_SUCH_TABLE
                    && !failed.rib().hop().equals(hop)) {
                throw new BadCapture(file + " shows " + hop + ", and the command asks for "
                        + failed.rib().hop() + ": mend --command");
            }
        }
    }

    /** A table that has routes shows its family, whatever somebody says. */
    private void checkFamily(List<Observation> observations) throws BadCapture {
        for (var observation : observations) {
            var rib = observation.rib();
            if (observation instanceof Observed
                    && rib.hop().equals(hop)
                    && family.filter(said -> said != rib.family()).isPresent()) {
                throw new BadCapture(file + " shows " + hop + " of the family " + rib.family() + ": mend --family");
            }
        }
    }

    private HopReader hopReader(String network, DaemonReader reader) throws BadCapture {
        try {
            var hopReader = HopReader.ofOneScrape(network, hop.node(), hop.daemon(), reader);
            family.ifPresent(said -> hopReader.expect(new RibName(hop.table(), said, View.LOC_RIB, Optional.empty())));
            return hopReader;
        } catch (IllegalArgumentException e) {
            throw new BadCapture(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * A daemon that names no table only fails for those that are expected: so the hop's are, of all families at once. Told that
     * a table is of the wrong one, a parser would stumble over what is well-formed.
     */
    private Optional<String> reasonOf(CommandResult result, DaemonReader reader) {
        return reader.read(List.of(result), ribs()).stream()
                .flatMap(reading -> reading instanceof Reading.Failed failed ? Stream.of(failed.why()) : Stream.empty())
                .findFirst()
                .map(why -> why.getMessage() + mend(why.reason()));
    }

    private Set<RibName> ribs() {
        return Arrays.stream(AddressFamily.values())
                .flatMap(any -> Arrays.stream(View.values())
                        .map(view -> new RibName(
                                hop.table(), any, view, view.isAdj() ? Optional.of(ANY_PEER) : Optional.empty())))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String mend(FailureReason reason) {
        return switch (reason) {
            case UNPARSABLE, REFUSED ->
                " (the file must hold what the command printed, and no prompt, nor anything else)";
            case TRUNCATED -> " (give all that the command printed)";
            default -> "";
        };
    }

    /** What nobody's word would change needs no word. */
    private String vouching(String network) {
        if (vouchedWhole) {
            return "";
        }
        var vouched = with(true, family);
        boolean needsFamily = vouched.isEmptyOfUnknownFamily(network);
        return needsFamily || vouched.proves(network)
                ? " (if the file has all that the command printed, say so with --whole"
                        + (hop.daemon().equals(OF_HIDDEN_FAMILIES)
                                ? "; a reply of the control socket has an end mark, and needs nobody's word"
                                : "")
                        + (needsFamily
                                ? "; an empty table does not show its family: say --family ipv4 or --family ipv6)"
                                : ")")
                : "";
    }

    /** Whether nothing but its family is lacking. */
    private boolean isEmptyOfUnknownFamily(String network) {
        return family.isEmpty()
                && hop.daemon().equals(OF_HIDDEN_FAMILIES)
                // What has a route is of one family only.
                && Arrays.stream(AddressFamily.values())
                        .allMatch(any -> with(vouchedWhole, Optional.of(any)).proves(network));
    }

    private boolean proves(String network) {
        try {
            return observations(network).stream()
                    .anyMatch(o -> o instanceof Observed && o.rib().hop().equals(hop));
        } catch (BadCapture proofless) {
            return false;
        }
    }

    private List<Observation> observations(String network) throws BadCapture {
        return hopReader(network, reader(hop)).read(from, to, List.of(result()), Optional.empty());
    }

    private CommandResult result() {
        return new CommandResult(List.of(command), from, to, 0, "", vouchedWhole, () -> Files.newInputStream(file));
    }

    private static HopId hop(String text) throws BadCapture {
        try {
            return HopId.parse(text);
        } catch (IllegalArgumentException e) {
            throw new BadCapture("--hop: " + e.getMessage(), e);
        }
    }

    private static DaemonReader reader(HopId hop) throws BadCapture {
        return DaemonReader.of(hop.daemon())
                .orElseThrow(() -> new BadCapture("--hop: nobody reads the daemon '" + hop.daemon() + "' of " + hop
                        + " (expected one of " + String.join(", ", DaemonReader.KINDS) + ")"));
    }

    private static String suggested(DaemonReader reader, HopId hop) {
        return reader.forms(hop.table()).stream()
                .collect(Collectors.joining("\n  ", " These would do, each with the output that it printed:\n  ", ""));
    }

    /** What was typed at the prompt of vtysh or birdc, as the command line that prints the same. */
    private static String asRun(String typed, HopId hop, Path file) throws BadCapture {
        if (!typed.startsWith("show ")) {
            return typed;
        }
        return switch (hop.daemon()) {
            case "frr" -> "vtysh -c '" + typed + "'";
            case "bird" -> BIRDC_BANNER.matcher(beginning(file)).matches() ? "birdc " + typed : typed;
            default -> typed;
        };
    }

    private static boolean isGzip(Path file) throws BadCapture {
        var begin = beginning(file);
        return begin.length() >= 2 && (begin.charAt(0) << 8 | begin.charAt(1)) == GZIP;
    }

    /** One character for each octet. */
    private static String beginning(Path file) throws BadCapture {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MOST_BANNER_OCTETS), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new BadCapture("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
