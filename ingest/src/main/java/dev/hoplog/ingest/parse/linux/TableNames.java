package dev.hoplog.ingest.parse.linux;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How iproute2 calls the kernel's routing tables, which themselves only have numbers. It takes a number or a name, and prints
 * the name that {@code rt_tables} has for the number, or the number: always with {@code -N}, else where there is none. So one
 * table goes by two names, which no output tells to be the same. Three have names of their own.
 */
public final class TableNames {
    private static final Map<String, String> NAMED = Map.of("253", "default", "254", "main", "255", "local");
    private static final Set<String> NAMES = Set.copyOf(NAMED.values());
    /** Of 32 bits, as C reads them. */
    private static final Pattern NUMBER = Pattern.compile("0[xX][0-9a-fA-F]{1,8}|0[0-7]{0,11}|[1-9][0-9]{0,9}");

    private TableNames() {}

    /** The name by which a table goes here: {@code main} for {@code 254} and {@code 0xfe}, {@code 100} for {@code 0x64}. */
    public static String usual(String name) {
        if (!isNumber(name)) {
            return name;
        }
        var number = Long.decode(name).toString();
        return NAMED.getOrDefault(number, number);
    }

    /**
     * Whether a table of which an answer about all of them shows nothing has no routes: none of the tables that it does
     * show can be that one.
     *
     * @param table as it goes here
     * @param shown the tables with routes, as they go here
     */
    public static boolean isEmptyIfNotAmong(String table, Set<String> shown) {
        return NAMES.contains(table)
                || isNumber(table) && shown.stream().allMatch(name -> NAMES.contains(name) || isNumber(name));
    }

    private static boolean isNumber(String name) {
        return NUMBER.matcher(name).matches();
    }
}
