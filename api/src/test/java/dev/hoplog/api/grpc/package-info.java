@NullMarked
package dev.hoplog.api.grpc;

import org.jspecify.annotations.NullMarked;
