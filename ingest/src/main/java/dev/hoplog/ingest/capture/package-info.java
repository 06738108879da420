/**
 * Recordings as a source: a directory, or a {@code .tar.gz} of one; or what a single command printed, with the hop and the
 * time that somebody says.
 *
 * <pre>
 *   capture/&lt;epoch ms&gt;/scrape.json                     the hops that were scraped, and whether that went well
 *   capture/&lt;epoch ms&gt;/&lt;node&gt;/&lt;daemon&gt;/_index.jsonl   per file: argv, start, end (epoch seconds), rc, stderr
 *   capture/&lt;epoch ms&gt;/&lt;node&gt;/&lt;daemon&gt;/&lt;command&gt;      raw standard output
 * </pre>
 */
@NullMarked
package dev.hoplog.ingest.capture;

import org.jspecify.annotations.NullMarked;
