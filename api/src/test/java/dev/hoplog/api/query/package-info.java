@NullMarked
package dev.hoplog.api.query;

import org.jspecify.annotations.NullMarked;
