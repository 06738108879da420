package dev.hoplog.streams.diff;

import com.google.protobuf.ByteString;
import java.time.Instant;

/**
 * A leaf as it was last sent.
 *
 * @param content canonical octets; none: it was sent empty, and no manifest has proven the whole since
 * @param provenFrom when the reading began that last sent it
 */
public record StoredLeaf(ByteString content, Instant provenFrom) {}
