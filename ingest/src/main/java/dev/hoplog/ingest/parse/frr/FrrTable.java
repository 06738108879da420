package dev.hoplog.ingest.parse.frr;

import dev.hoplog.ingest.parse.JsonAnswer;
import dev.hoplog.ingest.parse.ParsedOutput;
import dev.hoplog.ingest.parse.ParsedOutput.Facts;
import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Excerpt;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.Table;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * FRR's BGP table: {@code show bgp [vrf X|vrf all] ipv4|ipv6 unicast json [detail]}, FRR 8.4 to 10.x.
 *
 * <p>8.x prints the detail form of a prefix as an array whose first element is a header; 9.0 and later as an object with
 * {@code paths}. With {@code vrf all} the tables are the members of an object, by VRF name. The exit status of vtysh is 0
 * even for a warning in place of a table and for a reply that broke off. {@code {}} is no empty table but none at all.
 */
public final class FrrTable {
    private final JsonAnswer answer;
    private final AddressFamily family;
    private final FrrForm form;
    private final Map<TableName, Table> tables = new HashMap<>();
    private Facts facts = Facts.none();
    private int unknown;
    /** Of the first object that is none of a table. */
    private Optional<UnusableOutput> other = Optional.empty();

    private FrrTable(JsonAnswer answer, AddressFamily family, FrrForm form) {
        this.answer = answer;
        this.family = family;
        this.form = form;
    }

    /**
     * Tables go by the printed {@code vrfName}, {@code default} for the default one. With several of them the facts are
     * left out: each table has its own.
     */
    public static ParsedOutput parse(InputStream in, AddressFamily family, FrrForm form) throws UnusableOutput {
        return new FrrTable(JsonAnswer.open(in), family, form).read();
    }

    private ParsedOutput read() throws UnusableOutput {
        var alone = new FrrVrf(answer, family, form);
        answer.members(key -> {
            if (answer.atObject() && alone.isEmpty() && !key.equals("routes")) {
                var vrf = new FrrVrf(answer, family, form);
                answer.members(vrf::member);
                if (vrf.isNone()) {
                    unknown++;
                    other = other.or(() -> Optional.of(answer.unparsable("a table without vrfName")));
                } else {
                    add(key, vrf);
                }
            } else {
                alone.member(key);
            }
        });
        answer.end();
        if (!alone.isEmpty()) {
            add("the only one", alone);
        }
        if (tables.isEmpty()) {
            throw other.orElseGet(() -> new UnusableOutput(FailureReason.NO_SUCH_TABLE, "an object without any table"));
        }
        return new ParsedOutput(tables, tables.size() == 1 ? facts : Facts.none(), unknown);
    }

    private void add(String where, FrrVrf vrf) throws UnusableOutput {
        if (tables.put(vrf.name(), vrf.table()) != null) {
            throw new UnusableOutput(FailureReason.UNPARSABLE, "the table of " + Excerpt.of(where) + " comes twice");
        }
        facts = vrf.facts();
        unknown += vrf.unknown();
    }
}
