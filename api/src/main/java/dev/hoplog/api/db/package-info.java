/** How values of the model stand in PostgreSQL. */
@NullMarked
package dev.hoplog.api.db;

import org.jspecify.annotations.NullMarked;
