/**
 * Hoplog's client for people and scripts: commands that ask the API over gRPC, and the words and tables its answers are
 * shown in.
 *
 * <pre>
 *   *Command ── request ─▶ HoplogClient ── response ─▶ *Text (pure)   or   ProtoJson
 * </pre>
 */
@NullMarked
package dev.hoplog.api.cli;

import org.jspecify.annotations.NullMarked;
