package dev.hoplog.local.command;

import dev.hoplog.api.cli.CommandFailure;
import dev.hoplog.api.cli.TextTable;
import dev.hoplog.api.verify.KafkaLog;
import dev.hoplog.api.verify.LogicalRows.TableHash;
import dev.hoplog.api.verify.Rebuild;
import dev.hoplog.local.stack.RunningStack;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hoplog rebuild}. */
@Command(
        name = "rebuild",
        description =
                "Write the projection once more from the log, beside the live one, and compare their logical rows.",
        footer = {"", "Exit code 0: they are equal; 1: they are not."})
final class RebuildCommand implements Callable<Integer> {
    private static final String SPARE_SCHEMA = RunningStack.LIVE_SCHEMA + "_rebuilt";
    private static final int SHOWN_DIGITS = 16;

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--swap", description = "Put what was rebuilt in the place of the live projection, equal or not.")
    private boolean swap;

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() {
        try {
            return rebuild(data.running());
        } catch (IOException | SQLException | IllegalStateException failed) {
            throw new CommandFailure("cannot rebuild: " + failed.getMessage(), failed);
        }
    }

    private int rebuild(RunningStack stack) throws SQLException {
        var out = command.commandLine().getOut();
        try (var log = new KafkaLog(stack.log())) {
            var rebuild = new Rebuild(stack::schema, log);
            var report = rebuild.run(RunningStack.LIVE_SCHEMA, SPARE_SCHEMA);
            lines(report).lines().forEach(out::println);
            out.println(
                    report.isEqual()
                            ? "The log gives the rows that are projected: all are equal."
                            : "The log gives other rows than those that are projected.");
            if (swap) {
                rebuild.swap(RunningStack.LIVE_SCHEMA, SPARE_SCHEMA);
                out.println("What was rebuilt is live now.");
            } else if (report.isEqual()) {
                drop(stack);
            } else {
                out.println("What was rebuilt stays in schema " + SPARE_SCHEMA + "; --swap makes it the live one.");
            }
            out.flush();
            return report.isEqual() ? 0 : 1;
        }
    }

    static TextTable lines(Rebuild.Report report) {
        var table = TextTable.withHeader("TABLE", "ROWS", "HASH", "REBUILT ROWS", "REBUILT HASH", "");
        report.tables()
                .forEach(compared -> table.row(
                        compared.table(),
                        String.valueOf(compared.live().rows()),
                        shortened(compared.live()),
                        String.valueOf(compared.rebuilt().rows()),
                        shortened(compared.rebuilt()),
                        compared.isEqual() ? "equal" : "DIFFERENT"));
        return table;
    }

    private static String shortened(TableHash hash) {
        return hash.sha256().substring(0, Math.min(SHOWN_DIGITS, hash.sha256().length()));
    }

    private static void drop(RunningStack stack) throws SQLException {
        try (var connection = stack.schema(SPARE_SCHEMA).getConnection();
                var statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA " + statement.enquoteIdentifier(SPARE_SCHEMA, true) + " CASCADE");
        }
    }
}
