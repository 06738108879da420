package dev.hoplog.api.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;

/** The standard JSON mapping of protobuf: what any other client of the API would print. */
public final class ProtoJson {
    private ProtoJson() {}

    /** Ends with a line end. */
    public static String of(MessageOrBuilder message) {
        try {
            return JsonFormat.printer().print(message) + "\n";
        } catch (InvalidProtocolBufferException impossible) {
            throw new AssertionError("only google.protobuf.Any can fail to print", impossible);
        }
    }
}
