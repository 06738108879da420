package dev.hoplog.api.cli;

import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;

/** A failed call on one line: what is wrong and what to do. */
final class CallErrorText {
    private CallErrorText() {}

    static String of(Status status, String address, Duration deadline) {
        var description =
                BoundsText.oneLine(Optional.ofNullable(status.getDescription()).orElse(""));
        return switch (status.getCode()) {
            case UNAVAILABLE ->
                "no Hoplog answers at " + address
                        + ": start it with `hoplog up`, or say where it is with --address host:port"
                        + " (" + why(status, description) + ")";
            case DEADLINE_EXCEEDED ->
                address + " did not answer within " + ShownTime.of(deadline) + ": ask for less, or see its log";
            case UNIMPLEMENTED -> address + " does not serve this question: it is not a Hoplog API, or an older one";
            case INVALID_ARGUMENT, NOT_FOUND, FAILED_PRECONDITION, OUT_OF_RANGE ->
                description.isEmpty() ? status.getCode().name() : description;
            case RESOURCE_EXHAUSTED ->
                "the answer is too much for one call: ask for less with --limit, --from or --to (" + description + ")";
            default -> address + " failed: " + status.getCode() + (description.isEmpty() ? "" : ": " + description);
        };
    }

    /** Of a watch, of which only the number can be too much. */
    static String ofWatch(Status status, String address, Duration deadline) {
        return status.getCode() == Status.Code.RESOURCE_EXHAUSTED && status.getDescription() != null
                ? BoundsText.oneLine(status.getDescription())
                : of(status, address, deadline);
    }

    /** gRPC's description of a broken connection is "io exception"; what broke it is the innermost cause. */
    private static String why(Status status, String description) {
        var why = description;
        for (var cause = status.getCause(); cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null) {
                why = BoundsText.oneLine(cause.getMessage());
            }
        }
        return why;
    }
}
