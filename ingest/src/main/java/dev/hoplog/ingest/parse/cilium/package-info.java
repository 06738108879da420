/** The outputs of Cilium's BGP control plane in JSON, 1.16 to 1.18. */
@NullMarked
package dev.hoplog.ingest.parse.cilium;

import org.jspecify.annotations.NullMarked;
