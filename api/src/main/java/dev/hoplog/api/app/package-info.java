/** What Quarkus starts: configuration, the projector's thread, health. */
@NullMarked
package dev.hoplog.api.app;

import org.jspecify.annotations.NullMarked;
