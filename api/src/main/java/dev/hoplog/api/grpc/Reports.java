package dev.hoplog.api.grpc;

import dev.hoplog.api.cli.ReportText;
import dev.hoplog.api.query.Report;
import dev.hoplog.model.Prefix;
import dev.hoplog.v1.ChainVersion;
import dev.hoplog.v1.GetReportResponse;
import java.util.ArrayList;
import java.util.List;

/** Post-mortems: the messages of the other answers, written down. */
final class Reports {
    private Reports() {}

    static GetReportResponse of(Report.Answer answer) {
        var question = answer.asked();
        var incidents = GapMessages.incidents(answer.incidents());
        var network = incidents.getNetwork();
        var stops = answer.stops()
                .map(stopped -> Answers.whenStopped(question.prefix().orElseThrow(), stopped));
        var markdown = ReportText.of(new ReportText.Material(
                title(question, network),
                stops,
                incidents,
                Answers.entries(answer.timeline()),
                question.window().to().map(Messages::time),
                command(question, network, incidents.getChainVersionsList())));
        return GetReportResponse.newBuilder()
                .setNetwork(network)
                .setMarkdown(markdown)
                .addAllChainVersions(incidents.getChainVersionsList())
                .setCompleteness(incidents.getCompleteness())
                .build();
    }

    private static String title(Report.Question question, String network) {
        return question.prefix()
                .map(prefix -> "When " + prefix + " stopped reaching " + question.target())
                .orElse("What got lost in network " + network);
    }

    /**
     * What asks for the same again, also when more is known and the chain has been corrected meanwhile. Where several versions were in force one
     * after another, no single one gives the same.
     */
    static String command(Report.Question question, String network, List<ChainVersion> versions) {
        var words = new ArrayList<>(List.of("hoplog", "report"));
        question.prefix().map(Prefix::toString).ifPresent(words::add);
        if (question.prefix().isPresent()) {
            words.add(question.target());
        }
        words.addAll(List.of("--network", network));
        question.window().from().ifPresent(from -> words.addAll(List.of("--from", from.toString())));
        question.window().to().ifPresent(to -> words.addAll(List.of("--to", to.toString())));
        if (versions.size() == 1) {
            words.addAll(List.of("--chain", versions.getFirst().getChainVersion()));
        } else {
            question.version().ifPresent(version -> words.addAll(List.of("--chain", version.toString())));
        }
        return String.join(" ", words);
    }
}
