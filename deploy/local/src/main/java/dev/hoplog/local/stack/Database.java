package dev.hoplog.local.stack;

/** How to reach a database. */
public record Database(String url, String user, String password) {
    /** Without the password. */
    @Override
    public String toString() {
        return url + " as " + user;
    }
}
