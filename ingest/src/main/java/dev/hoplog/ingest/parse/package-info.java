/**
 * From what a daemon printed to rows: pure functions of bytes, streaming, without any notion of where the bytes came from.
 * An output is read to its end and found whole before anything of it is returned; otherwise {@link
 * dev.hoplog.ingest.parse.UnusableOutput} says why. Unknown keys and lines are tolerated and counted.
 */
@NullMarked
package dev.hoplog.ingest.parse;

import org.jspecify.annotations.NullMarked;
