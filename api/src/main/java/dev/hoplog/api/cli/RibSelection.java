package dev.hoplog.api.cli;

import dev.hoplog.v1.RibSelector;
import dev.hoplog.v1.View;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Which table of which hop. */
@Command
final class RibSelection {
    @Parameters(index = "0", paramLabel = "HOP", description = "Such as pve02/frr/vrf_evpnz1.")
    private String hop = "";

    @Option(
            names = "--view",
            paramLabel = "VIEW",
            converter = ViewName.class,
            description =
                    "loc-rib, fib, sessions, adj-rib-in-pre, adj-rib-out-post ... Default: the loc-rib or, where there"
                            + " is none, the fib.")
    private View view = View.VIEW_UNSPECIFIED;

    @Option(
            names = "--family",
            paramLabel = "FAMILY",
            defaultValue = "",
            description = "ipv4-unicast or ipv6-unicast. Default: the only one that there is.")
    private String family = "";

    @Option(
            names = "--peer",
            paramLabel = "ADDRESS",
            defaultValue = "",
            description = "Of which neighbour, where the view is of one. Default: the only one that there is.")
    private String peer = "";

    RibSelector selector() {
        return RibSelector.newBuilder()
                .setHop(hop)
                .setView(view)
                .setFamily(family)
                .setPeer(peer)
                .build();
    }

    /** {@code adj-rib-in-pre} for {@code VIEW_ADJ_RIB_IN_PRE}. */
    static final class ViewName implements ITypeConverter<View> {
        @Override
        public View convert(String name) {
            var constant = "VIEW_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
            return Arrays.stream(View.values())
                    .filter(view -> view.name().equals(constant) && view != View.VIEW_UNSPECIFIED)
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("no view is called " + name));
        }
    }
}
