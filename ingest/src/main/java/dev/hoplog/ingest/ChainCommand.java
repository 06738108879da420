package dev.hoplog.ingest;

import picocli.CommandLine.Command;

/** What is to be done with a chain file. */
@Command(name = "chain", description = "Publishes chains.", subcommands = ChainPublishCommand.class)
public class ChainCommand {}
