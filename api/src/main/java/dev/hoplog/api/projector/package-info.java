/** From the log to PostgreSQL: rows and position in one transaction. Plain classes over a DataSource and consumer properties. */
@NullMarked
package dev.hoplog.api.projector;

import org.jspecify.annotations.NullMarked;
