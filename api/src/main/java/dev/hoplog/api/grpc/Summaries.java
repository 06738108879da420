package dev.hoplog.api.grpc;

import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.Route;
import dev.hoplog.model.RouteDelta;
import dev.hoplog.model.View;
import dev.hoplog.v1.ChangeSummary;
import dev.hoplog.v1.PathChange;
import java.util.Optional;
import java.util.stream.Stream;

/** What a change of a route is, field by field. */
final class Summaries {
    private Summaries() {}

    /** Empty for rows that are no routes: a session is its own summary. */
    static Optional<ChangeSummary> of(Seen was, Seen is, View view) {
        if (!(was.row() instanceof Route before) || !(is.row() instanceof Route after)) {
            return Optional.empty();
        }
        var delta = RouteDelta.between(was, is);
        var message = ChangeSummary.newBuilder()
                .setUsableBefore(before.isUsable(view))
                .setUsableAfter(after.isUsable(view));
        delta.added().forEach(path -> message.addPathsAdded(RowMessages.path(path, is.observed())));
        delta.removed().forEach(path -> message.addPathsRemoved(RowMessages.path(path, was.observed())));
        delta.changed()
                .forEach(change -> message.addPathsChanged(PathChange.newBuilder()
                        .setBefore(RowMessages.path(change.before(), was.observed()))
                        .setAfter(RowMessages.path(change.after(), is.observed()))
                        .addAllFields(fields(change).toList())));
        return Optional.of(message.build());
    }

    private static Stream<String> fields(RouteDelta.PathDelta change) {
        return Stream.of(
                        change.attributes().stream().flatMap(RowMessages::fields),
                        Stream.of("flags").filter(name -> change.flags()),
                        Stream.of("destination").filter(name -> change.destination()))
                .flatMap(names -> names);
    }
}
