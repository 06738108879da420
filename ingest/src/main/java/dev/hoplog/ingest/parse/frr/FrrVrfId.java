package dev.hoplog.ingest.parse.frr;

import dev.hoplog.ingest.parse.JsonAnswer;
import dev.hoplog.ingest.parse.UnusableOutput;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether an answer of bgpd's about one VRF, a table or a summary, shows that zebra knows that VRF: {@code vrfId} is -1 for
 * one that bgpd is configured for and that is not there.
 */
public final class FrrVrfId {
    private FrrVrfId() {}

    public static boolean isKnown(InputStream in) throws UnusableOutput {
        var answer = JsonAnswer.open(in);
        List<Long> ids = new ArrayList<>();
        answer.members(key -> {
            if (key.equals("vrfId")) {
                ids.add(answer.number());
            }
        });
        answer.end();
        return ids.stream().anyMatch(id -> id >= 0);
    }
}
