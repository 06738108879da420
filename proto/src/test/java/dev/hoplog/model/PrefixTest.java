package dev.hoplog.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixTest {
    @ParameterizedTest
    @CsvSource({
        "fd00:101:224:3::/64, fd00:101:224:3::/64",
        "FD00:0101:0224:0003:0000:0000:0000:0000/64, fd00:101:224:3::/64",
        "::/0, ::/0",
        "0.0.0.0/0, 0.0.0.0/0",
        "192.0.2.1/32, 192.0.2.1/32",
        "::ffff:192.0.2.1/128, ::ffff:c000:201/128"
    })
    void shouldPrintTheCanonicalForm(String text, String canonical) {
        assertThat(Prefix.parse(text)).hasToString(canonical);
        assertThat(Prefix.parse(canonical)).isEqualTo(Prefix.parse(text));
    }

    @Test
    void shouldRefuseHostBitsAndShowTheMendedForm() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Prefix.parse("fd00:101:224:3::1/64"))
                .withMessageContaining("did you mean fd00:101:224:3::/64?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "fd00::",
                "fd00::/",
                "fd00::/129",
                "fd00::/200",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0/8",
                "x/8",
                "fe80::%eth0/64",
                "fd00::/6 4",
                "1.2.3.4.5/8",
                "010.0.0.0/8",
                "fd00::/+4"
            })
    void shouldRefuseWhatIsNoPrefix(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Prefix.parse(text));
    }

    @Test
    void shouldSurviveTheNlriEncodingAtEveryLength() {
        var random = new Random(4271);
        for (var version : IpVersion.values()) {
            for (int length = 0; length <= version.bits(); length++) {
                var prefix = Prefix.around(randomAddress(random, version), length);
                assertThat(Prefix.ofNlri(version, prefix.nlri())).isEqualTo(prefix);
                assertThat(prefix.nlri()).hasSize(1 + (length + 7) / 8);
            }
        }
    }

    @Test
    void shouldContainExactlyThePrefixesThatAgreeOnItsBits() {
        var random = new Random(1519);
        for (int i = 0; i < 20_000; i++) {
            var address = randomAddress(random, IpVersion.V6);
            int shorter = random.nextInt(129);
            int longer = shorter + random.nextInt(129 - shorter);
            var outer = Prefix.around(address, shorter);
            assertThat(outer.contains(Prefix.around(address, longer))).isTrue();
            if (shorter > 0) {
                var flipped = flip(address, random.nextInt(shorter));
                assertThat(outer.contains(Prefix.around(flipped, longer))).isFalse();
            }
            if (longer > shorter) {
                assertThat(Prefix.around(address, longer).contains(outer)).isFalse();
            }
        }
    }

    @Test
    void shouldNotMixTheVersions() {
        assertThat(Prefix.parse("0.0.0.0/0").contains(Prefix.parse("::/0"))).isFalse();
        assertThat(Prefix.parse("::/0").contains(Prefix.parse("0.0.0.0/0"))).isFalse();
    }

    private static IpAddress randomAddress(Random random, IpVersion version) {
        var octets = new byte[version.octets()];
        random.nextBytes(octets);
        return IpAddress.ofOctets(octets);
    }

    private static IpAddress flip(IpAddress address, int bit) {
        var octets = address.octets();
        octets[bit / 8] ^= (byte) (0x80 >>> (bit % 8));
        return IpAddress.ofOctets(octets);
    }
}
