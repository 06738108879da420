package dev.hoplog.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class FreePortTest {

    @Test
    void noOutgoingConnectionIsGivenAPortThatWasChosenAndNoneIsChosenTwice() throws IOException {
        var chosen = new HashSet<Integer>();
        for (var i = 0; i < 100; i++) {
            assertThat(chosen.add(FreePort.orGiven(0))).isTrue();
        }
        assertThat(chosen).allMatch(port -> port >= FreePort.FIRST && port <= FreePort.LAST);
    }

    @Test
    void aTakenPortIsPassedOverButNotReplacedWhereItWasWanted() throws IOException {
        var following = FreePort.orGiven(0) + 1;
        try (var taken = new ServerSocket(following, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThat(FreePort.orGiven(0)).isNotEqualTo(taken.getLocalPort());
            assertThatThrownBy(() -> FreePort.orGiven(taken.getLocalPort()))
                    .hasMessage("port " + following + " of 127.0.0.1 is taken");
        }
    }
}
