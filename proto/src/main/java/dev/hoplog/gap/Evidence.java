package dev.hoplog.gap;

import dev.hoplog.history.Truth;
import dev.hoplog.model.RibId;
import dev.hoplog.model.RowKey;

/**
 * An observation that proves part of a cause.
 *
 * @param rib where it was seen
 * @param row of which row
 * @param truth what was seen: present with its attributes or counts, or absent; with the change since which it holds
 */
public record Evidence(RibId rib, RowKey row, Truth truth) {}
