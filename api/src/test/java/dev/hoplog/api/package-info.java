@NullMarked
package dev.hoplog.api;

import org.jspecify.annotations.NullMarked;
