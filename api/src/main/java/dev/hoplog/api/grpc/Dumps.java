package dev.hoplog.api.grpc;

import dev.hoplog.api.query.RibDiff;
import dev.hoplog.api.query.RibDump;
import dev.hoplog.history.Truth;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.RibId;
import dev.hoplog.v1.DiffEnd;
import dev.hoplog.v1.DiffHeader;
import dev.hoplog.v1.DiffRibResponse;
import dev.hoplog.v1.DumpEnd;
import dev.hoplog.v1.DumpHeader;
import dev.hoplog.v1.DumpRibResponse;
import dev.hoplog.v1.DumpedRow;
import dev.hoplog.v1.RowDifference;
import java.util.Optional;

/** Whole tables as streams of messages: a header, rows, an end. */
final class Dumps {
    private Dumps() {}

    /** Not thread-safe. */
    static final class Dump implements RibDump.Client {
        private final PacedStream<DumpRibResponse> stream;
        private long rows;

        Dump(PacedStream<DumpRibResponse> stream) {
            this.stream = stream;
        }

        @Override
        public void header(RibDump.Header header) {
            var message = DumpHeader.newBuilder()
                    .setRib(Messages.rib(header.rib()))
                    .setObserved(header.unknownBecause().isEmpty())
                    .setUnknownBecause(header.unknownBecause().orElse(""))
                    .setCompleteness(Messages.completeness(header.completeness()));
            header.asOf().ifPresent(asOf -> message.setAsOf(Messages.time(asOf)));
            stream.send(DumpRibResponse.newBuilder().setHeader(message).build());
        }

        @Override
        public void row(RibId rib, Truth truth) {
            var message = DumpedRow.newBuilder().setPresence(Messages.presence(truth));
            switch (truth) {
                case Truth.Present present ->
                    message.setRow(RowMessages.row(present.seen(), rib.view()))
                            .setSince(Messages.bounds(present.since().bounds()));
                case Truth.Undecided undecided ->
                    message.setRow(RowMessages.row(undecided.nearest(), rib.view()))
                            .setSince(Messages.bounds(undecided.change().bounds()));
                case Truth.Absent _, Truth.NotObserved _ ->
                    throw new IllegalArgumentException("no row of a dump: " + truth);
            }
            rows++;
            stream.send(DumpRibResponse.newBuilder().setRow(message).build());
        }

        void end() {
            stream.send(DumpRibResponse.newBuilder()
                    .setEnd(DumpEnd.newBuilder().setRows(rows))
                    .build());
        }
    }

    /** Not thread-safe. */
    static final class Diff implements RibDiff.Client {
        private final PacedStream<DiffRibResponse> stream;
        private long rows;

        Diff(PacedStream<DiffRibResponse> stream) {
            this.stream = stream;
        }

        @Override
        public void header(RibDiff.Header header) {
            var message = DiffHeader.newBuilder()
                    .setRib(Messages.rib(header.rib()))
                    .setObserved(header.unknownBecause().isEmpty())
                    .setUnknownBecause(header.unknownBecause().orElse(""))
                    .setCompleteness(Messages.completeness(header.completeness()));
            header.blind().forEach(spell -> message.addBlind(Messages.blind(header.rib(), spell)));
            stream.send(DiffRibResponse.newBuilder().setHeader(message).build());
        }

        @Override
        public void row(RibId rib, RibDiff.Difference difference) {
            var message = RowDifference.newBuilder()
                    .setPresenceBefore(Messages.presence(difference.before()))
                    .setPresenceAfter(Messages.presence(difference.after()))
                    .setLastSeen(RowMessages.row(difference.lastSeen(), rib.view()))
                    .setChanges(difference.changes());
            var before = seen(difference.before());
            var after = seen(difference.after());
            before.ifPresent(seen -> message.setBefore(RowMessages.row(seen, rib.view())));
            after.ifPresent(seen -> message.setAfter(RowMessages.row(seen, rib.view())));
            if (before.isPresent() && after.isPresent()) {
                Summaries.of(before.get(), after.get(), rib.view()).ifPresent(message::setSummary);
            }
            rows++;
            stream.send(DiffRibResponse.newBuilder().setRow(message).build());
        }

        private static Optional<Seen> seen(Truth truth) {
            return truth instanceof Truth.Present present ? Optional.of(present.seen()) : Optional.empty();
        }

        void end() {
            stream.send(DiffRibResponse.newBuilder()
                    .setEnd(DiffEnd.newBuilder().setRows(rows))
                    .build());
        }
    }
}
