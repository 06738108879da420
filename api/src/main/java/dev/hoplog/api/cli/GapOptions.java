package dev.hoplog.api.cli;

import com.google.protobuf.Timestamp;
import dev.hoplog.v1.Cause;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which gaps. */
final class GapOptions {
    @Option(names = "--prefix", paramLabel = "PREFIX", description = "Only of this prefix.")
    private String prefix = "";

    @Option(
            names = "--within",
            paramLabel = "PREFIX",
            description = "Only of prefixes inside this one, itself included.")
    private String within = "";

    @Option(names = "--from", paramLabel = "TIME", description = "Only what was there at or after this time.")
    private Optional<Timestamp> from = Optional.empty();

    @Option(names = "--to", paramLabel = "TIME", description = "Only what was there at or before this time.")
    private Optional<Timestamp> to = Optional.empty();

    @Option(
            names = "--cause",
            paramLabel = "CAUSE",
            converter = CauseName.class,
            description = "Only what has this cause, such as rejected-on-import. May be given more than once.")
    private List<Cause> causes = new ArrayList<>();

    @Mixin
    private final ChainOption chain = new ChainOption();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "0",
            description = "At most so many. Default: what the server thinks right.")
    private int limit;

    String prefix() {
        return prefix;
    }

    String within() {
        return within;
    }

    Optional<Timestamp> from() {
        return from;
    }

    Optional<Timestamp> to() {
        return to;
    }

    List<Cause> causes() {
        return causes;
    }

    String chain() {
        return chain.version();
    }

    int limit() {
        return limit;
    }

    /** {@code rejected-on-import}. */
    static final class CauseName implements ITypeConverter<Cause> {
        @Override
        public Cause convert(String text) {
            return Arrays.stream(Cause.values())
                    .filter(cause -> cause != Cause.UNRECOGNIZED && cause != Cause.CAUSE_UNSPECIFIED)
                    .filter(cause -> name(cause).equals(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + text + "' is not one of "
                            + String.join(
                                    ", ",
                                    Arrays.stream(Cause.values())
                                            .filter(cause ->
                                                    cause != Cause.UNRECOGNIZED && cause != Cause.CAUSE_UNSPECIFIED)
                                            .map(CauseName::name)
                                            .toList())));
        }

        private static String name(Cause cause) {
            return cause.name()
                    .substring("CAUSE_".length())
                    .toLowerCase(Locale.ROOT)
                    .replace('_', '-');
        }
    }
}
