package dev.hoplog.local.stack;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How one part of a stack is.
 *
 * @param state one word or two
 * @param pids more than one only where something went wrong
 * @param where it listens; empty: nowhere
 * @param log empty: others run it
 */
public record PartStatus(Part part, String state, List<Long> pids, String where, Optional<Path> log) {}
