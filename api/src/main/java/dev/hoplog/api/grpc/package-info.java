/** The gRPC service: requests read and checked, answers put into messages. */
@NullMarked
package dev.hoplog.api.grpc;

import org.jspecify.annotations.NullMarked;
