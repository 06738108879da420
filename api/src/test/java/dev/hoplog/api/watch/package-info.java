@NullMarked
package dev.hoplog.api.watch;

import org.jspecify.annotations.NullMarked;
