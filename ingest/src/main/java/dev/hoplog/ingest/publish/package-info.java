/**
 * From observations to records: what differs from the last acknowledged snapshot, then a manifest. Nothing of a snapshot
 * is published before its input has been read to the end and found whole.
 */
@NullMarked
package dev.hoplog.ingest.publish;

import org.jspecify.annotations.NullMarked;
