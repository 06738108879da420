package dev.hoplog.api.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;

/** The standard JSON mapping of protobuf: what any other client of the API would print. */
public final class ProtoJson {
    private ProtoJson() {}

    /** Over many lines, the last with its end. */
    public static String of(MessageOrBuilder message) {
        return print(JsonFormat.printer(), message);
    }

    /** On one line, with its end. */
    static String line(MessageOrBuilder message) {
        return print(JsonFormat.printer().omittingInsignificantWhitespace(), message);
    }

    private static String print(JsonFormat.Printer printer, MessageOrBuilder message) {
        try {
            return printer.print(message) + "\n";
        } catch (InvalidProtocolBufferException impossible) {
            throw new AssertionError("only google.protobuf.Any can fail to print", impossible);
        }
    }
}
