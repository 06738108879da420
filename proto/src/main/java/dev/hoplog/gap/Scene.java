package dev.hoplog.gap;

import dev.hoplog.chain.Chain;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.model.Attribute;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is known of a prefix at the hops of a chain.
 *
 * @param version the version of the chain that is in force
 * @param steps by hop, of all that an edge that carries the prefix ends at
 */
record Scene(Ground ground, ChainVersion version, Instant at, Map<HopId, Course.Step> steps) {
    static Scene at(Ground ground, ChainVersion version, Instant at) {
        var steps = new TreeMap<HopId, Course.Step>();
        ground.courses(version.chain()).forEach((hop, course) -> steps.put(hop, course.at(at)));
        return new Scene(ground, version, at, steps);
    }

    /** As if all tables were observed at an instant, and still had what had been seen in them last. */
    static Scene asLastSeen(Ground ground, ChainVersion version, Instant at) {
        var steps = new TreeMap<HopId, Course.Step>();
        ground.courses(version.chain()).forEach((hop, course) -> steps.put(hop, course.asLastSeen(at)));
        return new Scene(ground, version, at, steps);
    }

    Chain chain() {
        return version.chain();
    }

    Course course(HopId hop) {
        return Objects.requireNonNull(ground.courses(chain()).get(hop));
    }

    Course.Step step(HopId hop) {
        return Objects.requireNonNull(steps.get(hop));
    }

    /** The edges to a hop that should carry the prefix and are there. */
    List<Edge> into(HopId hop) {
        return ground.into(chain(), hop).stream()
                .filter(edge -> edge.isThereAt(at))
                .toList();
    }

    Optional<Edge> edge(HopId upstream, HopId downstream) {
        return into(downstream).stream()
                .filter(edge -> edge.upstream().equals(upstream))
                .findFirst();
    }

    /** Whether a row of a hop says of each path that it could use over which of the edges there it came, if over any. */
    boolean tellsFrom(HopId hop, Seen seen) {
        return seen.observed().includes(Attribute.FROM)
                && Paths.standing(seen).stream().noneMatch(path -> leavesOpenFrom(hop, path));
    }

    /** Whether the name of the neighbour that a path of a hop is from may be that of one to which there is an edge. */
    boolean leavesOpenFrom(HopId hop, Path path) {
        return into(hop).stream()
                .anyMatch(edge ->
                        edge.link() instanceof Link.Session session && Neighbours.mayBeFrom(path, session.upstream()));
    }

    Duration clockError(HopId a, HopId b) {
        return course(a).clockErrorBeside(course(b), at);
    }
}
