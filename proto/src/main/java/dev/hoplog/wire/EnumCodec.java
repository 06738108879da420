package dev.hoplog.wire;

import com.google.protobuf.ProtocolMessageEnum;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Between an enum of the model and its message twin, whose constants stand in the same order, after {@code _UNSPECIFIED}
 * with number zero.
 */
public final class EnumCodec<M extends Enum<M>, P extends ProtocolMessageEnum> {
    private final M[] values;
    private final IntFunction<@Nullable P> forNumber;

    EnumCodec(M[] values, IntFunction<@Nullable P> forNumber) {
        this.values = values;
        this.forNumber = forNumber;
    }

    @SuppressWarnings("EnumOrdinal") // A test holds both enums to the same names in the same order.
    public P encode(M value) {
        var encoded = forNumber.apply(value.ordinal() + 1);
        if (encoded == null) {
            throw new IllegalStateException("no message constant for " + value);
        }
        return encoded;
    }

    /**
     * Reads the value.
     *
     * @throws IllegalArgumentException if the number is zero or unknown
     */
    public M decode(int number) {
        if (number < 1 || number > values.length) {
            throw new IllegalArgumentException(
                    values.getClass().componentType().getSimpleName() + " has no number " + number);
        }
        return values[number - 1];
    }
}
