package dev.hoplog.model;

/** Where a path sends packets. */
public enum Destination {
    UNICAST,
    BLACKHOLE,
    UNREACHABLE,
    PROHIBITED
}
