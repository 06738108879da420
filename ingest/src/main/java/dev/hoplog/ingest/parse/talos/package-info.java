/** What talosctl prints of a node's resources, in JSON and in YAML. */
@NullMarked
package dev.hoplog.ingest.parse.talos;

import org.jspecify.annotations.NullMarked;
