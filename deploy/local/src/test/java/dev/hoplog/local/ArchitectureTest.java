package dev.hoplog.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may know whom, over all modules: here, because nothing else sees them all. */
class ArchitectureTest {
    private static final String[] KAFKA_AND_QUARKUS = {"org.apache.kafka..", "kafka..", "io.quarkus.."};
    private static final String[] EFFECTS = {
        "org.apache.kafka..", "kafka..", "io.quarkus..", "java.sql..", "javax.sql..", "org.postgresql..", "io.grpc.."
    };

    private static final JavaClasses HOPLOG = new ClassFileImporter()
            .withImportOption(new DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/test-classes/"))
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.hoplog");

    @ParameterizedTest
    @CsvSource({"ingest, streams", "ingest, api", "streams, ingest", "streams, api", "api, ingest", "api, streams"})
    void ingestStreamsAndApiShouldMeetInKafkaOnly(String module, String other) {
        check(noClasses()
                .that()
                .resideInAPackage("dev.hoplog." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.hoplog." + other + ".."));
    }

    @Test
    void theSharedLanguageShouldDependOnNothingOfOurs() {
        check(noClasses()
                .that()
                .resideInAnyPackage("dev.hoplog.model..", "dev.hoplog.wire..", "dev.hoplog.v1..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.hoplog.ingest..", "dev.hoplog.streams..", "dev.hoplog.api..", "dev.hoplog.local.."));
    }

    @Test
    void theSharedLanguageShouldNotKnowKafkaOrQuarkus() {
        check(noClasses()
                .that()
                .resideInAnyPackage("dev.hoplog.model..", "dev.hoplog.wire..", "dev.hoplog.v1..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(KAFKA_AND_QUARKUS));
    }

    @ParameterizedTest
    @CsvSource({
        "dev.hoplog.model..",
        "dev.hoplog.log..",
        "dev.hoplog.history..",
        "dev.hoplog.chain",
        "dev.hoplog.gap..",
        "dev.hoplog.wire..",
        "dev.hoplog.streams.diff..",
        "dev.hoplog.ingest.parse..",
        "dev.hoplog.ingest.chain..",
        "dev.hoplog.api.history.."
    })
    void purePackagesShouldHaveNoEffects(String purePackage) {
        check(noClasses()
                .that()
                .resideInAPackage(purePackage)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(EFFECTS));
    }

    @Test
    void onlyTheWireShouldTurnValuesIntoMessages() {
        check(noClasses()
                .that()
                .resideInAnyPackage("dev.hoplog.model..", "dev.hoplog.ingest.parse..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.google.protobuf.."));
    }

    @Test
    void onlyCommandsShouldWriteToTheStandardStreams() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.hoplog..")
                .and()
                .resideOutsideOfPackages("..cli..", "dev.hoplog.local..")
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS));
    }

    @Test
    void theRulesShouldSeeEveryModule() {
        Stream.of(
                        "dev.hoplog.model.Prefix",
                        "dev.hoplog.v1.HoplogServiceGrpc",
                        "dev.hoplog.ingest.ReplayCommand",
                        "dev.hoplog.streams.DiffService",
                        "dev.hoplog.api.cli.ClientCommands",
                        "dev.hoplog.local.stack.Stack")
                .forEach(HOPLOG::get);
    }

    /** A package that is not there yet breaks no rule. */
    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(HOPLOG);
    }
}
