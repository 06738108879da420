package dev.hoplog.model;

import java.util.Arrays;

/** Where in a speaker a table sits: RFC 7854 (Adj-RIB-In), RFC 8671 (Adj-RIB-Out), RFC 9069 (Loc-RIB), and beyond BGP. */
public enum View {
    ADJ_RIB_IN_PRE("adj-rib-in-pre"),
    ADJ_RIB_IN_POST("adj-rib-in-post"),
    LOC_RIB("loc-rib"),
    ADJ_RIB_OUT_PRE("adj-rib-out-pre"),
    ADJ_RIB_OUT_POST("adj-rib-out-post"),
    /** What forwards: a kernel table, or zebra's view of it. */
    FIB("fib"),
    /** The session table: rows are peers, and the daemon itself. */
    SESSIONS("sessions"),
    /** Of what a neighbour sent, what the import policy refused: no RFC's table, but what daemons show. */
    ADJ_RIB_IN_REJECTED("adj-rib-in-rejected"),
    /** Of what could be sent to a neighbour, what the export policy refused. */
    ADJ_RIB_OUT_REJECTED("adj-rib-out-rejected");

    private final String text;

    View(String text) {
        this.text = text;
    }

    /** Whether it belongs to one neighbour. */
    public boolean isAdj() {
        return this != LOC_RIB && this != FIB && this != SESSIONS;
    }

    public static View parse(String text) {
        return Arrays.stream(values())
                .filter(v -> v.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown view '" + Excerpt.of(text) + "'"));
    }

    @Override
    public String toString() {
        return text;
    }
}
