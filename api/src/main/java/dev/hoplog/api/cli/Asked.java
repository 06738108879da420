package dev.hoplog.api.cli;

import com.google.protobuf.Message;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that all questions share: whom to ask, about which network, and how to print the answer. */
final class Asked {
    private final Supplier<String> defaultAddress;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--address",
            paramLabel = "HOST:PORT",
            description =
                    "The API to ask. Default: what `hoplog up` started, else " + HoplogClient.DEFAULT_ADDRESS + ".")
    private @Nullable String address;

    @Option(
            names = "--network",
            paramLabel = "NAME",
            defaultValue = "",
            description = "The network (cluster or site) in question. Default: the only one there is.")
    private String network = "";

    @Option(names = "--json", description = "Print the answer as JSON, for programs.")
    private boolean json;

    Asked(Supplier<String> defaultAddress) {
        this.defaultAddress = defaultAddress;
    }

    String network() {
        return network;
    }

    /** Asks, and prints the answer. */
    <R extends Message> int answer(Function<HoplogClient, R> question, Function<R, String> words) {
        var server = address == null ? defaultAddress.get() : address;
        try (var client = HoplogClient.to(server)) {
            var answer = question.apply(client);
            var out = command.commandLine().getOut();
            out.print(json ? ProtoJson.of(answer) : words.apply(answer));
            out.flush();
            return 0;
        }
    }
}
