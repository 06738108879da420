package dev.hoplog.gap;

import dev.hoplog.gap.Gap.Kind;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** When there is a gap of one kind: while this is so. */
interface Condition {
    Kind kind();

    /** Where it may be so, by the chain that is in force. */
    Stream<Place> places(Scene scene);

    Verdict at(Scene scene, Place place);

    /** For how long it must have been so, where it is. */
    Duration patience(Scene scene, Place place);

    /** Over which edges, where it is so; at least one. */
    List<Break> breaks(Scene scene, Place place);
}
