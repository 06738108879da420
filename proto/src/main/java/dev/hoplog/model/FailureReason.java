package dev.hoplog.model;

/** Why a RIB was asked for and not observed. */
public enum FailureReason {
    /** The host or the daemon did not answer. */
    UNREACHABLE,
    /** It answered with an error. */
    REFUSED,
    /** The answer broke off. */
    TRUNCATED,
    /** The answer could not be understood. */
    UNPARSABLE,
    /** The table or VRF does not exist. */
    NO_SUCH_TABLE,
    /** The recording has no file for it. */
    FILE_MISSING,
    /** The answer is whole but contradicts itself. */
    INCONSISTENT
}
