package dev.hoplog.ingest.parse.talos;

import dev.hoplog.ingest.parse.ParsedOutput;
import java.util.List;

/**
 * One listing of routes.
 *
 * @param output the tables that it showed
 * @param listed the ids of all documents, and what each ends with, in the order in which they came, which is that of the
 *     ids: what a cut would have taken the end of
 */
public record TalosListing(ParsedOutput output, List<String> listed) {
    public TalosListing {
        listed = List.copyOf(listed);
    }
}
