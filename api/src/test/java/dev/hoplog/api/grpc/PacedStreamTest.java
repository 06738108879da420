package dev.hoplog.api.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A whole table goes to a client as fast as it takes it, and no longer than an answer may last. */
class PacedStreamTest {
    private final Client client = new Client();

    @Test
    void shouldSendToAClientThatIsReady() {
        var stream = new PacedStream<>(client, Duration.ofMinutes(1));

        stream.send("a");
        stream.send("b");

        assertThat(client.taken).containsExactly("a", "b");
    }

    @Test
    @Timeout(30)
    void shouldGiveUpAClientThatTakesNothingForAsLongAsAnAnswerMayLast() {
        var stream = new PacedStream<>(client, Duration.ofMillis(50));
        client.readyFor = 0;

        assertThat(gone(stream).status().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertThat(client.taken).isEmpty();
    }

    /** The limit is for all messages together: one at a time, each in time, must not keep a query open. */
    @Test
    @Timeout(30)
    void shouldGiveUpAClientThatTakesEachMessageInTimeAndAllOfThemTooSlowly() {
        var stream = new PacedStream<>(client, Duration.ofMillis(200));
        client.pause = Duration.ofMillis(20);

        assertThat(gone(stream).status().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertThat(client.taken).isNotEmpty().hasSizeLessThan(12);
    }

    @Test
    @Timeout(30)
    void shouldNotWaitForAClientThatHasGone() {
        var stream = new PacedStream<>(client, Duration.ofHours(1));
        client.readyFor = 0;
        client.cancelled = true;

        assertThat(gone(stream).status().getCode()).isEqualTo(Status.Code.CANCELLED);
    }

    private static PacedStream.Gone gone(PacedStream<String> stream) {
        return catchThrowableOfType(PacedStream.Gone.class, () -> {
            while (true) {
                stream.send("more");
            }
        });
    }

    /** It is ready for some messages, or each time only after a pause. */
    private static final class Client extends ServerCallStreamObserver<String> {
        private final List<String> taken = new ArrayList<>();
        private Runnable onReady = () -> {};
        private long readyFor = Long.MAX_VALUE;
        private Duration pause = Duration.ZERO;
        private long readyAtNanos = System.nanoTime();
        private boolean cancelled;

        @Override
        public boolean isReady() {
            boolean ready = taken.size() < readyFor && System.nanoTime() - readyAtNanos >= 0;
            if (!ready && !pause.isZero()) {
                Thread.startVirtualThread(onReady);
            }
            return ready;
        }

        @Override
        public void onNext(String message) {
            taken.add(message);
            readyAtNanos = System.nanoTime() + pause.toNanos();
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }

        @Override
        public void setOnReadyHandler(Runnable handler) {
            onReady = handler;
        }

        @Override
        public void setOnCancelHandler(Runnable handler) {}

        @Override
        public void setCompression(String compression) {}

        @Override
        public void setMessageCompression(boolean enable) {}

        @Override
        public void disableAutoInboundFlowControl() {}

        @Override
        public void request(int count) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {}
    }
}
