/**
 * A whole Hoplog on one machine: what it is made of, how it is started, looked after and stopped, and how far it has read.
 *
 * <pre>
 *   Supervisor ── looks after ──▶ Stack ─┬─ Broker    in this JVM      } or external ones,
 *   (up: a process of its own;           ├─ Postgres  a child          } by configuration
 *    demo: the command itself)           ├─ App       streams, a child JVM
 *                                        └─ App       api, a child JVM
 * </pre>
 */
@NullMarked
package dev.hoplog.local.stack;

import org.jspecify.annotations.NullMarked;
