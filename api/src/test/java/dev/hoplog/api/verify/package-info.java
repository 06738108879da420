@NullMarked
package dev.hoplog.api.verify;

import org.jspecify.annotations.NullMarked;
