@NullMarked
package dev.hoplog.gap;

import org.jspecify.annotations.NullMarked;
