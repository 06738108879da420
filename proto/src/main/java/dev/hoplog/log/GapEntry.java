package dev.hoplog.log;

import dev.hoplog.gap.GapEvent;
import dev.hoplog.model.Id;
import dev.hoplog.model.Prefix;

/**
 * One record of the log of gaps.
 *
 * @param id a hash of the gap, of what happens to it, and when
 */
public record GapEntry(Id id, String network, Prefix prefix, GapEvent event) {}
