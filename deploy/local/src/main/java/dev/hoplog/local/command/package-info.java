/** What {@code deploy/hoplog} can do. */
@NullMarked
package dev.hoplog.local.command;

import org.jspecify.annotations.NullMarked;
