package dev.hoplog.api.cli;

import com.google.protobuf.Message;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
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

    /** Asks for an answer in many parts, and prints each as it comes: with {@code --json} one line of JSON for each. */
    <R extends Message> int answerInParts(BiConsumer<HoplogClient, Consumer<R>> question, PartText<R> words) {
        var server = address == null ? defaultAddress.get() : address;
        var out = command.commandLine().getOut();
        try (var client = HoplogClient.to(server)) {
            question.accept(client, part -> out.print(json ? ProtoJson.line(part) : words.of(part)));
            out.print(json ? "" : words.rest());
            return 0;
        } finally {
            out.flush();
        }
    }

    /** Asks for what never ends, and prints each part at once; what breaks off is said beside it. */
    <R extends Message> int answerForEver(Question<R> question, PartText<R> words) {
        var server = address == null ? defaultAddress.get() : address;
        var out = command.commandLine().getOut();
        var err = command.commandLine().getErr();
        try (var client = HoplogClient.to(server)) {
            question.ask(
                    client,
                    part -> {
                        out.print(json ? ProtoJson.line(part) : words.of(part) + words.rest());
                        out.flush();
                        if (out.checkError()) {
                            throw new CommandFailure("nobody reads the output any more");
                        }
                    },
                    said -> {
                        err.println("hoplog: " + said);
                        err.flush();
                    });
            return 0;
        } finally {
            out.flush();
        }
    }

    /** Hands over the parts of an answer, and what is to be said beside them. */
    interface Question<R> {
        void ask(HoplogClient client, Consumer<R> parts, Consumer<String> said);
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
