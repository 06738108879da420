package dev.hoplog.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.ingest.capture.BadCapture;
import dev.hoplog.ingest.capture.CaptureFolder;
import dev.hoplog.ingest.capture.CaptureReplay;
import dev.hoplog.ingest.capture.SingleOutput;
import dev.hoplog.ingest.capture.UnfedHops;
import dev.hoplog.ingest.publish.ChainPublisher;
import dev.hoplog.ingest.publish.ChainPublisher.Streams;
import dev.hoplog.ingest.publish.PublishFailed;
import dev.hoplog.ingest.publish.Scraper;
import dev.hoplog.ingest.publish.SnapshotPublisher;
import dev.hoplog.ingest.read.Observation;
import dev.hoplog.wire.ChainCodec;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.Producer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Publishes a recording as fast as the broker takes it. */
@Command(name = "replay", description = "Publishes a recording as fast as the broker takes it.")
public class ReplayCommand implements Callable<Integer> {
    static final int EXIT_BROKER = 1;
    static final int EXIT_BAD_CAPTURE = 2;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** How progress is told. */
    enum ProgressForm {
        text,
        json
    }

    @Parameters(
            paramLabel = "PATH",
            description = "A capture: a directory, or a .tar.gz of one. With --hop: what one command printed.")
    Path path;

    @Option(names = "--network", paramLabel = "NAME", description = "Default: the name of the capture or file.")
    Optional<String> network;

    @ArgGroup
    @Nullable
    WhichChain whichChain;

    @ArgGroup(exclusive = false)
    @Nullable
    OfOneCommand single;

    @Option(names = "--progress", paramLabel = "FORM", description = "text or json. Default: ${DEFAULT-VALUE}.")
    ProgressForm progress = ProgressForm.text;

    @Spec
    CommandSpec spec;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    /** Under which chain a capture is to be read. */
    static final class WhichChain {
        @Option(
                names = "--chain",
                required = true,
                paramLabel = "FILE",
                description = "Publish this chain into the network first, as of all times."
                        + " Default: a chain.yaml in the directory of the capture, if there is one.")
        @Nullable
        Path file;

        @Option(names = "--no-chain", required = true, description = "Publish none.")
        boolean none;
    }

    /** What a file with the output of one command does not say itself. */
    static final class OfOneCommand {
        @Option(names = "--hop", required = true, paramLabel = "NODE/DAEMON/TABLE", description = "Where it was run.")
        String hop;

        @Option(names = "--command", paramLabel = "LINE", description = "As it was typed.")
        Optional<String> command;

        @Option(names = "--at", required = true, paramLabel = "TIME", description = "When it was started, with a zone.")
        Instant at;

        @Option(names = "--until", paramLabel = "TIME", description = "When it had ended. Default: as --at.")
        Optional<Instant> until;

        @Option(names = "--whole", description = "Vouch that the file has all that was printed.")
        boolean whole;

        @Option(
                names = "--family",
                paramLabel = "ipv4|ipv6",
                description = "Of a table of BIRD: an empty one does not show its family.")
        Optional<String> family;

        @Option(
                names = "--max-silence",
                paramLabel = "SECONDS",
                description = "Claim the time since the output before, if it is no longer than that. Default: never.")
        Optional<Long> maxSilenceSeconds;
    }

    private long snapshots;
    private long failures;

    @Override
    public Integer call() throws InterruptedException {
        var err = spec.commandLine().getErr();
        try {
            if (single == null) {
                replayCapture(err);
            } else {
                replayOutput(single, err);
            }
            return 0;
        } catch (BadCapture e) {
            err.println(e.problem());
            return EXIT_BAD_CAPTURE;
        } catch (PublishFailed e) {
            err.println(e.getMessage());
            return EXIT_BROKER;
        }
    }

    private void replayCapture(PrintWriter err) throws BadCapture, PublishFailed, InterruptedException {
        try (var capture = CaptureFolder.open(path)) {
            var name = network.orElse(capture.name());
            var replay = CaptureReplay.prepare(capture, name);
            replay.passedOver().forEach(hop -> err.println("passed over: " + hop));
            var chain = chain();
            publish(name, chain, Scraper.ofCapture(capture.name(), replay.interval()), sink -> {
                var unfed = chain.map(input -> new UnfedHops(name, input.chain()));
                replay.run(
                        observations -> {
                            sink.take(observations);
                            unfed.ifPresent(hops -> hops.hear(observations));
                        },
                        this::tellProgress);
                if (unfed.isPresent()) {
                    sink.take(unfed.get().notObserved());
                }
            });
        }
    }

    private Optional<ChainInput> chain() throws BadCapture {
        if (whichChain != null && whichChain.none) {
            return Optional.empty();
        }
        var file = whichChain != null ? Optional.ofNullable(whichChain.file) : ChainInput.beside(path);
        return file.isPresent() ? Optional.of(ChainInput.read(file.get())) : Optional.empty();
    }

    private void replayOutput(OfOneCommand said, PrintWriter err)
            throws BadCapture, PublishFailed, InterruptedException {
        if (whichChain != null && whichChain.file != null) {
            throw new BadCapture(
                    "--chain goes with a capture: publish a chain beside single outputs with chain publish");
        }
        var asked = SingleOutput.of(path, said.hop, said.command, said.at, said.until, said.whole);
        var output = said.family.isPresent() ? asked.ofFamily(said.family.get()) : asked;
        var name = network.orElse(output.name());
        var maxSilence = Duration.ofSeconds(said.maxSilenceSeconds.orElse(0L));
        if (maxSilence.isNegative()) {
            throw new BadCapture("--max-silence " + maxSilence.toSeconds() + " is less than nothing");
        }
        var observations = output.read(name);
        observations.forEach(observation -> {
            if (observation instanceof Observation.NotObserved failed) {
                err.println("not observed: " + failed.rib() + ": " + failed.detail());
            }
        });
        publish(name, Optional.empty(), Scraper.ofSingleOutputs(output.hop().node(), maxSilence), sink -> {
            sink.take(observations);
            tellProgress(1, 1);
        });
    }

    /** Something that gives its observations away, scrape after scrape. */
    @FunctionalInterface
    private interface Source {
        void run(CaptureReplay.Sink sink) throws BadCapture, PublishFailed, InterruptedException;
    }

    private void publish(String name, Optional<ChainInput> chain, Scraper scraper, Source source)
            throws BadCapture, PublishFailed, InterruptedException {
        try (var producer = producer()) {
            if (chain.isPresent()) {
                var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
                publish(
                        producer,
                        ChainCodec.version(
                                name, Optional.empty(), now, chain.get().chain()));
            }
            var publisher = new SnapshotPublisher(producer, scraper);
            source.run(observations -> {
                publisher.publish(observations);
                observations.forEach(this::count);
            });
            tellDone(name, publisher.nextOffsets());
        }
    }

    Producer<byte[], byte[]> producer() {
        return new Broker(bootstrapServers).producer();
    }

    /** Returns when the chain stands in the log, so that all that is published afterwards stands behind it. */
    void publish(Producer<byte[], byte[]> producer, ChainVersion version) throws PublishFailed, InterruptedException {
        try (var admin = new Broker(bootstrapServers).admin()) {
            new ChainPublisher(producer, Streams.of(admin), ChainPublishCommand.PATIENCE).publish(version);
        }
    }

    private void count(Observation observation) {
        switch (observation) {
            case Observation.Observed _ -> snapshots++;
            case Observation.NotObserved _ -> failures++;
        }
    }

    private void tellProgress(int done, int ofAll) {
        if (progress == ProgressForm.json) {
            var event = new LinkedHashMap<String, Object>();
            event.put("event", "progress");
            event.put("done", done);
            event.put("of", ofAll);
            tell(event);
        } else {
            spec.commandLine().getErr().printf("\r%d of %d scrapes", done, ofAll);
            spec.commandLine().getErr().flush();
        }
    }

    private void tellDone(String name, Map<Integer, Long> nextOffsets) {
        if (progress == ProgressForm.json) {
            var done = new LinkedHashMap<String, Object>();
            done.put("event", "done");
            done.put("network", name);
            done.put("snapshots", snapshots);
            done.put("failures", failures);
            done.put("next_offsets", nextOffsets);
            tell(done);
        } else {
            spec.commandLine()
                    .getErr()
                    .printf("%n%d snapshots and %d failed scrapes of network %s%n", snapshots, failures, name);
        }
    }

    private void tell(Map<String, ?> event) {
        try {
            var out = spec.commandLine().getOut();
            out.println(JSON.writeValueAsString(event));
            out.flush();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers and names are always JSON", e);
        }
    }
}
