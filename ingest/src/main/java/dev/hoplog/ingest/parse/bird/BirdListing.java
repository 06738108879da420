package dev.hoplog.ingest.parse.bird;

import dev.hoplog.ingest.parse.OpenEnd;
import dev.hoplog.ingest.parse.ParsedOutput;
import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import java.util.Optional;

/**
 * The tables of {@code show route all}, which a reply shows as whole as it itself can tell.
 *
 * @param last the table that is shown last: where the reply broke off, it is part of this one that is missing, and all tables
 *     behind it; empty if none is shown
 * @param openEnd empty where the reply, or its last route, has an end mark, and where there is no route
 */
public record BirdListing(ParsedOutput output, Optional<TableName> last, Optional<OpenEnd> openEnd) {}
