package dev.hoplog.ingest.parse.bird;

import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.model.AddressFamily;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which tables a listing was asked for: that decides what a heading without a route means, and what the lack of one does. */
public sealed interface BirdScope {
    /** BIRD has these from the start, and lets nobody give them another family. */
    Map<String, AddressFamily> PREDEFINED =
            Map.of("master4", AddressFamily.IPV4_UNICAST, "master6", AddressFamily.IPV6_UNICAST);

    /** No table named: those of the daemon's default tables that have a route have a heading. */
    record Unasked() implements BirdScope {
        @Override
        public Optional<AddressFamily> family(String table) {
            return Optional.empty();
        }
    }

    /**
     * {@code table X}: its heading is there, empty or not. The oldest 2.x leave it out before routes.
     *
     * @param known its family, if somebody knows it
     */
    record Named(String table, Optional<AddressFamily> known) implements BirdScope {
        @Override
        public Optional<AddressFamily> family(String name) {
            return known.filter(_ -> name.equals(table)).or(() -> Optional.ofNullable(PREDEFINED.get(name)));
        }
    }

    /**
     * {@code table all}: every table has a heading, empty or not.
     *
     * @param known the families of tables, as far as somebody knows them
     */
    record Every(Map<String, AddressFamily> known) implements BirdScope {
        public Every {
            known = Map.copyOf(known);
        }

        /** Of tables that are known of. */
        public static Every of(Collection<TableName> tables) {
            return new Every(
                    tables.stream().collect(Collectors.toMap(TableName::name, TableName::family, (a, b) -> a)));
        }

        @Override
        public Optional<AddressFamily> family(String name) {
            return Optional.ofNullable(known.get(name)).or(() -> Optional.ofNullable(PREDEFINED.get(name)));
        }
    }

    /** The family that a table of that name has: an empty one does not show it. */
    Optional<AddressFamily> family(String table);

    /** Whether a heading without a route is that of an empty table, and not a cut. */
    default boolean showsEmpty() {
        return !(this instanceof Unasked);
    }
}
