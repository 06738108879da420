@NullMarked
package dev.hoplog.api.projector;

import org.jspecify.annotations.NullMarked;
