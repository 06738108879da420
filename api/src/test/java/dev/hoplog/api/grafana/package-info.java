/** The dashboard's queries against the views that it reads. */
@NullMarked
package dev.hoplog.api.grafana;

import org.jspecify.annotations.NullMarked;
