package dev.hoplog.api.grpc;

import dev.hoplog.api.query.QueryFailure;
import dev.hoplog.api.watch.LogMoved;
import io.grpc.Status;
import java.sql.SQLException;
import org.apache.kafka.common.KafkaException;

/** What went wrong, for a client: the code, and what to do. */
final class Failures {
    private static final String CANCELED = "57014";

    private Failures() {}

    static Status of(Exception failure) {
        return switch (failure) {
            case QueryFailure.Invalid e -> Status.INVALID_ARGUMENT.withDescription(e.getMessage());
            case QueryFailure.NotFound e -> Status.NOT_FOUND.withDescription(e.getMessage());
            case QueryFailure.TooMuch e -> Status.RESOURCE_EXHAUSTED.withDescription(e.getMessage());
            case IllegalArgumentException e -> Status.INVALID_ARGUMENT.withDescription(e.getMessage());
            case LogMoved e -> Status.OUT_OF_RANGE.withDescription(e.getMessage());
            case PacedStream.Gone e -> e.status();
            case SQLException e -> ofDatabase(e);
            case KafkaException e ->
                Status.UNAVAILABLE
                        .withDescription(
                                "the broker is away: try again; if it stays so, look at hoplog.kafka.bootstrap-servers")
                        .withCause(e);
            default ->
                Status.INTERNAL
                        .withDescription("a fault of Hoplog's own: see the log of the api")
                        .withCause(failure);
        };
    }

    /** Whether whoever runs Hoplog should look. */
    static boolean isOurs(Status status) {
        return status.getCode() == Status.Code.INTERNAL || status.getCode() == Status.Code.UNAVAILABLE;
    }

    /** Classes 08, 53, 57 and no state at all (the pool gave up waiting): it is away, full or going down. */
    private static Status ofDatabase(SQLException e) {
        var state = e.getSQLState();
        if (CANCELED.equals(state)) {
            return Status.DEADLINE_EXCEEDED.withDescription(
                    "the answer took too long: ask about fewer hops or a shorter window, or set a later deadline");
        }
        if (state == null || state.startsWith("08") || state.startsWith("53") || state.startsWith("57")) {
            return Status.UNAVAILABLE
                    .withDescription("the database is away: try again; if it stays so, look at hoplog.database.url")
                    .withCause(e);
        }
        return Status.INTERNAL
                .withDescription("the database refused a query: see the log of the api")
                .withCause(e);
    }
}
