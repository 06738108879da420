@NullMarked
package dev.hoplog.api.history;

import org.jspecify.annotations.NullMarked;
