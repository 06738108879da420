package dev.hoplog.api.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.api.query.QueryFailure;
import io.grpc.Status;
import java.sql.SQLException;
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
}
