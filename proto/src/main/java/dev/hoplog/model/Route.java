package dev.hoplog.model;

import java.util.List;
import java.util.Optional;

/**
 * A prefix with all its paths, as one RIB holds it.
 *
 * @param paths in canonical order, at least one; two equal paths both stay (ADD-PATH may send the same twice)
 * @param stamp of the route as a whole: the newest of its paths'
 */
public record Route(Prefix prefix, List<Path> paths, Optional<ChangeStamp> stamp) implements Row {
    public Route {
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("a route without a path is no route: " + prefix);
        }
        paths = paths.stream().sorted(Path.ORDER).toList();
    }

    @Override
    public RowKey key() {
        return RowKey.of(prefix);
    }

    @Override
    public Route steadiedBy(Row earlier) {
        return new Route(prefix, paths, ChangeStamp.steadied(stamp, earlier.stamp()));
    }

    /** The same paths with everything forgotten that was not observed, in canonical order. */
    public List<Path> keeping(Observed observed) {
        return paths.stream()
                .map(path -> path.keeping(observed))
                .sorted(Path.ORDER)
                .toList();
    }

    /** The same as an output prints it that shows no more than these attributes. */
    public Route showing(Observed observed) {
        return new Route(prefix, keeping(observed), stamp);
    }

    /**
     * Whether this view would use it: see {@link Path#isUsable}. Of a prefix's entries in a FIB the kernel takes those of the
     * lowest metric, and no metric is 0: behind a blackhole the others are not used.
     */
    public boolean isUsable(View view) {
        if (view != View.FIB) {
            return paths.stream().anyMatch(path -> path.isUsable(view));
        }
        var taken = paths.stream()
                .filter(path -> path.isSelected(view))
                .mapToLong(Route::metric)
                .min();
        return taken.isPresent()
                && paths.stream().anyMatch(path -> path.isUsable(view) && metric(path) == taken.getAsLong());
    }

    private static long metric(Path path) {
        return path.metric().orElse(0L);
    }

    /** Whether a lookup of an address in this view may end at it: see {@link Path#isSelected}. */
    public boolean isSelected(View view) {
        return paths.stream().anyMatch(path -> path.isSelected(view));
    }
}
