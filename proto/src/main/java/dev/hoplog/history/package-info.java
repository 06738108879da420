/** What a row's events and its table's coverage say of an instant, as pure algebra: present, absent or unknown. */
@NullMarked
package dev.hoplog.history;

import org.jspecify.annotations.NullMarked;
