package dev.hoplog.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.ingest.capture.BadCapture;
import dev.hoplog.ingest.publish.ChainPublisher;
import dev.hoplog.ingest.publish.ChainPublisher.Streams;
import dev.hoplog.ingest.publish.PublishFailed;
import dev.hoplog.model.Name;
import dev.hoplog.wire.ChainCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Publishes a chain, and returns when it stands in the log. */
@Command(name = "publish", description = "Publishes a chain, and returns when it stands in the log.")
public class ChainPublishCommand implements Callable<Integer> {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameters(paramLabel = "FILE", description = "A chain file.")
    Path file;

    @Option(names = "--network", paramLabel = "NAME", description = "Default: the one that the file names.")
    Optional<String> network;

    @ArgGroup
    @Nullable
    InForce inForce;

    @Spec
    CommandSpec spec;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    /** Of which times the chain speaks. */
    static final class InForce {
        @Option(names = "--since-ever", required = true, description = "The chain was so all the time.")
        boolean sinceEver;

        @Option(
                names = "--in-force-from",
                required = true,
                paramLabel = "TIME",
                description = "The chain is so from then on. Default: from now on.")
        @Nullable
        Instant from;
    }

    @Override
    public Integer call() throws InterruptedException {
        var err = spec.commandLine().getErr();
        try {
            var version = version(ChainInput.read(file), Instant.now().truncatedTo(ChronoUnit.MICROS));
            publish(version);
            tell(version);
            return 0;
        } catch (BadCapture e) {
            err.println(e.problem());
            return ReplayCommand.EXIT_BAD_CAPTURE;
        } catch (PublishFailed e) {
            err.println(e.getMessage());
            return ReplayCommand.EXIT_BROKER;
        }
    }

    private ChainVersion version(ChainInput input, Instant now) throws BadCapture {
        var name = network.or(input::network)
                .orElseThrow(
                        () -> new BadCapture(file + " does not say of which network it is: name it with --network"));
        try {
            return ChainCodec.version(Name.check("network", name), inForceFrom(now), now, input.chain());
        } catch (IllegalArgumentException e) {
            throw new BadCapture(String.valueOf(e.getMessage()), e);
        }
    }

    private Optional<Instant> inForceFrom(Instant now) {
        if (inForce == null) {
            return Optional.of(now);
        }
        return Optional.ofNullable(inForce.from);
    }

    void publish(ChainVersion version) throws PublishFailed, InterruptedException {
        var broker = new Broker(bootstrapServers);
        try (var producer = broker.producer();
                var admin = broker.admin()) {
            new ChainPublisher(producer, Streams.of(admin), PATIENCE).publish(version);
        }
    }

    private void tell(ChainVersion version) {
        var published = new LinkedHashMap<String, Object>();
        published.put("event", "published");
        published.put("network", version.network());
        published.put("version", version.id().toString());
        version.inForceFrom().ifPresent(from -> published.put("in_force_from", from.toString()));
        try {
            spec.commandLine().getOut().println(JSON.writeValueAsString(published));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("names and times are always JSON", e);
        }
    }
}
