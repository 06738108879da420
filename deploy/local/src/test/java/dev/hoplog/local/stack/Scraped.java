package dev.hoplog.local.stack;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a program gives Prometheus: every sample with its labels. */
record Scraped(List<Sample> samples) {
    private static final Pattern SAMPLE = Pattern.compile("([a-z_0-9]+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-z_0-9]+)=\"([^\"]*)\"");

    /** One line. */
    record Sample(String name, Map<String, String> labels, double value) {
        static Sample parse(String line) {
            var sample = SAMPLE.matcher(line);
            if (!sample.matches()) {
                throw new IllegalArgumentException("no sample: " + line);
            }
            var labels = new TreeMap<String, String>();
            if (sample.group(2) != null) {
                LABEL.matcher(sample.group(2)).results().forEach(label -> labels.put(label.group(1), label.group(2)));
            }
            return new Sample(sample.group(1), labels, Double.parseDouble(sample.group(3)));
        }
    }

    /** @param address host and port */
    static Scraped from(String address) throws IOException {
        try (var in = URI.create("http://" + address + "/q/metrics").toURL().openStream()) {
            return new Scraped(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Sample::parse)
                    .toList());
        }
    }

    List<Sample> of(String name) {
        return samples.stream().filter(sample -> sample.name().equals(name)).toList();
    }

    /** With these labels, and any others. */
    double sum(String name, Map<String, String> labels) {
        return of(name).stream()
                .filter(sample -> sample.labels().entrySet().containsAll(labels.entrySet()))
                .mapToDouble(Sample::value)
                .sum();
    }
}
