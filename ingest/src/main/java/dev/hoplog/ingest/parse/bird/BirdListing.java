package dev.hoplog.ingest.parse.bird;

import dev.hoplog.ingest.parse.OpenEnd;
import dev.hoplog.ingest.parse.ParsedOutput;
import java.util.Optional;

/**
 * The tables of {@code show route all}, which a reply shows as whole as it itself can tell.
 *
 * @param openEnd empty where the reply, or its last route, has an end mark, and where there is no route
 */
public record BirdListing(ParsedOutput output, Optional<OpenEnd> openEnd) {}
