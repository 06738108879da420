package dev.hoplog.ingest.parse.talos;

import dev.hoplog.ingest.parse.JsonAnswer;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.ingest.parse.YamlAnswer;
import java.io.InputStream;

/** How talosctl prints resources: one document behind the other. */
public enum TalosForm {
    JSON,
    YAML;

    void read(InputStream in, JsonAnswer.ObjectVisitor visitor) throws UnusableOutput {
        switch (this) {
            case JSON -> JsonAnswer.objects(in, visitor);
            case YAML -> YamlAnswer.objects(in, "node:", visitor);
        }
    }
}
