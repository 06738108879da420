package dev.hoplog.model;

/** RFC 4271 section 8.2.2, and one more. */
public enum SessionState {
    IDLE,
    CONNECT,
    ACTIVE,
    OPEN_SENT,
    OPEN_CONFIRM,
    ESTABLISHED,
    /** Not an RFC state: the daemon was told to keep it down. */
    ADMIN_DOWN
}
