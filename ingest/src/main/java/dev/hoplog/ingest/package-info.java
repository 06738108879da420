/** The scraper as a program: its commands. */
@NullMarked
package dev.hoplog.ingest;

import org.jspecify.annotations.NullMarked;
