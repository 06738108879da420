package dev.hoplog.api.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.api.query.QueryFailure;
import io.grpc.Status;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FailuresTest {
    @Test
    void everyFailureHasItsCode() {
        assertThat(Failures.of(new SQLException("", "57014")).getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertThat(Failures.of(new SQLException("", "08006")).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(Failures.of(new SQLException("", "57P01")).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(Failures.of(new SQLException("the pool is empty")).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(Failures.of(new SQLException("", "42P01")).getCode()).isEqualTo(Status.Code.INTERNAL);
        assertThat(Failures.of(new QueryFailure.TooMuch("")).getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(Failures.of(new IllegalStateException("secret")).getDescription())
                .doesNotContain("secret");
    }

    @Test
    void timeoutsAreReadAsGrpcWritesThem() {
        assertThat(Deadlines.parse("100m")).contains(Duration.ofMillis(100));
        assertThat(Deadlines.parse("2S")).contains(Duration.ofSeconds(2));
        assertThat(Deadlines.parse("99999999H")).contains(Duration.ofHours(99_999_999));
        assertThat(Deadlines.parse("5000000n")).contains(Duration.ofMillis(5));
        assertThat(Deadlines.parse("soon")).isEmpty();
        assertThat(Deadlines.parse(null)).isEmpty();
    }
}
