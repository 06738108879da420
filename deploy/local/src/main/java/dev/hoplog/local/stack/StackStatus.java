package dev.hoplog.local.stack;

import dev.hoplog.api.cli.CommandFailure;
import dev.hoplog.api.cli.HoplogClient;
import dev.hoplog.local.LocalPostgres;
import dev.hoplog.local.stack.StackState.Phase;
import dev.hoplog.v1.ListHopsRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a stack is, found by looking: at processes, at what they answer, at the log.
 *
 * @param summary of the whole, such as {@code ready} or {@code not running}
 * @param ready whether everything does its work
 * @param metrics where Prometheus may scrape, as URLs
 * @param lag how far reading is behind, in words
 */
public record StackStatus(String summary, boolean ready, List<PartStatus> parts, List<String> metrics, String lag) {

    public static StackStatus of(DataDirectory data, Installation installation) throws IOException {
        return new Look(data, new Background(data, installation).state()).status();
    }

    private record Look(DataDirectory data, Optional<StackState> state) {
        StackStatus status() throws IOException {
            var parts = new ArrayList<PartStatus>();
            parts.add(supervisor());
            parts.add(broker());
            parts.add(postgresql());
            var streams = addresses().map(Addresses::streams).orElse("");
            parts.add(app(Part.STREAMS, streams, streams));
            parts.add(app(
                    Part.API,
                    addresses().map(Addresses::api).orElse(""),
                    addresses().map(Addresses::apiHttp).orElse("")));
            var ready = state.filter(said -> said.phase() == Phase.READY).isPresent()
                    && parts.stream()
                            .allMatch(part ->
                                    List.of("running", "ready", "external").contains(part.state()));
            return new StackStatus(summary(ready, parts), ready, parts, metrics(), lag());
        }

        private List<String> metrics() {
            return addresses().stream()
                    .flatMap(all -> Stream.of(all.streams(), all.apiHttp()))
                    .map(address -> "http://" + address + "/q/metrics")
                    .toList();
        }

        private Optional<Addresses> addresses() {
            return state.flatMap(StackState::addresses);
        }

        private String summary(boolean ready, List<PartStatus> parts) {
            if (state.isEmpty()) {
                return parts.stream().allMatch(part -> part.pids().isEmpty())
                        ? "not running"
                        : "not running, but parts of it are: `hoplog up` or `hoplog down` stops them";
            }
            return switch (state.get().phase()) {
                case STARTING -> "starting: " + state.get().message();
                case READY -> ready ? "ready" : "not all of it is ready";
                case STOPPING -> "stopping";
                case FAILED -> "failed to start: " + state.get().message();
            };
        }

        private PartStatus supervisor() {
            var pids = pids(Part.SUPERVISOR);
            return part(Part.SUPERVISOR, pids.isEmpty() ? "stopped" : "running", pids, "");
        }

        private PartStatus broker() {
            if (addresses().isEmpty()) {
                return part(Part.BROKER, "stopped", List.of(), "");
            }
            var addresses = addresses().get();
            return addresses.ownKafka()
                    ? part(Part.BROKER, "running", pids(Part.SUPERVISOR), addresses.kafka())
                    : new PartStatus(Part.BROKER, "external", List.of(), addresses.kafka(), Optional.empty());
        }

        private PartStatus postgresql() throws IOException {
            var where = addresses().map(Addresses::jdbcUrl).orElse("");
            if (addresses().filter(all -> !all.ownDatabase()).isPresent()) {
                return new PartStatus(Part.POSTGRESQL, "external", List.of(), where, Optional.empty());
            }
            var pids = LocalPostgres.server(data.postgres()).stream()
                    .map(ProcessHandle::pid)
                    .toList();
            return part(Part.POSTGRESQL, pids.isEmpty() ? "stopped" : "running", pids, where);
        }

        private PartStatus app(Part part, String address, String http) {
            var pids = pids(part);
            if (pids.isEmpty()) {
                return part(part, "stopped", pids, address);
            }
            return part(part, !http.isEmpty() && Readiness.at(http) ? "ready" : "not ready", pids, address);
        }

        private List<Long> pids(Part part) {
            return new StackProcesses(data.root())
                    .running(part).stream().map(ProcessHandle::pid).toList();
        }

        private PartStatus part(Part part, String state, List<Long> pids, String where) {
            return new PartStatus(part, state, pids, where, Optional.of(data.log(part)));
        }

        private String lag() {
            if (addresses().isEmpty()) {
                return "";
            }
            try (var pipeline = new Pipeline(addresses().get().kafka())) {
                var undiffed = Pipeline.behind(pipeline.snapshotEnds(), pipeline.diffed());
                return undiffed + " snapshot records are not diffed yet; " + unprojected(pipeline);
            } catch (IOException unknown) {
                return "not known, because " + unknown.getMessage();
            }
        }

        private String unprojected(Pipeline pipeline) throws IOException {
            try (var client = HoplogClient.to(addresses().orElseThrow().api())) {
                var hops = client.listHops(ListHopsRequest.getDefaultInstance());
                var behind = Pipeline.behind(
                        pipeline.logEnds(),
                        Pipeline.positions(hops.getCompleteness().getPositionsList()));
                return behind + " offsets of the log are not queryable yet";
            } catch (CommandFailure unknown) {
                return "how much of the log is queryable is not known, because " + unknown.getMessage();
            }
        }
    }
}
