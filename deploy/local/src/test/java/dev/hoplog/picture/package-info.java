/** The dashboard as a picture: what its own queries give, drawn without Grafana. */
@NullMarked
package dev.hoplog.picture;

import org.jspecify.annotations.NullMarked;
