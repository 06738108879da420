/**
 * From the outputs of one hop, taken together, to observations of its RIBs: which output decides presence, which only
 * explains, which table a complete answer proves empty. Neither files nor daemons are known here: a recording and a live
 * scrape read the same way.
 */
@NullMarked
package dev.hoplog.ingest.read;

import org.jspecify.annotations.NullMarked;
