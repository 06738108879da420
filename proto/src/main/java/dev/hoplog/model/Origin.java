package dev.hoplog.model;

/** RFC 4271 section 5.1.1. */
public enum Origin {
    IGP,
    EGP,
    INCOMPLETE
}
