package dev.hoplog.ingest;

import io.quarkus.picocli.runtime.annotations.TopCommand;
import picocli.CommandLine.Command;

/** What the scraper can be told to do. */
@TopCommand
@Command(
        name = "hoplog-ingest",
        mixinStandardHelpOptions = true,
        description = "Reads what the daemons of a routing chain print and publishes it as snapshots.",
        subcommands = {ReplayCommand.class, ChainCommand.class})
public class IngestCommand {}
