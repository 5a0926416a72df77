package adjoint.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import adjoint.data.HeaderJson.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderJsonTest {
    private static Object parse(String text) throws Malformed {
        return HeaderJson.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsEveryKindOfValueInOrder() throws Malformed {
        Object value = parse(" {\"b\":[1,-2.5,true,false,null,1e3],\"a\":{\"x\":\"y\"},\"e\":[],\"o\":{}}\n ");
        assertThat(value).isInstanceOf(Map.class);
        Map<?, ?> map = (Map<?, ?>) value;
        assertThat(map.keySet().stream().map(Object::toString)).containsExactly("b", "a", "e", "o");
        assertThat(map.get("b")).isEqualTo(Arrays.asList(1L, -2.5, true, false, null, 1000.0));
        assertThat(map.get("a")).isEqualTo(Map.of("x", "y"));
        assertThat(map.get("e")).isEqualTo(List.of());
        assertThat(map.get("o")).isEqualTo(Map.of());
    }

    @Test
    void integersKeepAllTheirDigits() throws Malformed {
        assertThat(parse("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
        assertThat(parse("-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
        assertThat(parse("0")).isEqualTo(0L);
    }

    @Test
    void stringsUnescape() throws Malformed {
        assertThat(parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\u4E2D\\ud83d\\ude00é中😀\""))
                .isEqualTo("\"\\/\b\f\n\r\té中😀é中😀");
    }

    @Test
    void whatIsQuotedReadsBack() throws Malformed {
        String odd = "a\"b\\c\n\r\t\u0000\u001f\u007fé中😀";
        assertThat(parse(HeaderJson.quoted(odd))).isEqualTo(odd);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[",
                "[1",
                "[1,",
                "[1,]",
                "[,1]",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,",
                "{\"a\":1,}",
                "{a:1}",
                "{1:2}",
                "{'a':1}",
                "\"",
                "\"a",
                "\"\\",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "\"\\ud800\"",
                "\"\\ud800\\u0041\"",
                "\"\\udc00\\ud800\"",
                "\"\\ud83d\\",
                "\"a\nb\"",
                "\"\u0000\"",
                "tru",
                "nul",
                "True",
                "NaN",
                "Infinity",
                "-",
                "01",
                "+1",
                "1.",
                ".5",
                "1e",
                "1e+",
                "0x10",
                "- 1",
                "9223372036854775808",
                "1 2",
                "{} {}",
                "[1]x",
                "\u00a01",
                "/**/1",
                "\"\\u\uff11\uff11\uff11\uff11\""
            })
    void whatIsNotJsonIsRefused(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":1,"a":2}     | 7  | keys that differ
            {"é":x}           | 6  | a JSON value
            {"a":"b           | 7  | the closing quote
            {"a":[1 2]}       | 8  | ']'
            "\\ud800"         | 1  | surrogates
            """)
    void errorsSayAtWhichByte(String text, long position, String expected) {
        Malformed e = catchThrowableOfType(Malformed.class, () -> parse(text.replace("\\\\", "\\")));
        assertThat(e.position()).isEqualTo(position);
        assertThat(e.expected()).contains(expected);
        assertThat(e).hasMessageContaining("found " + e.found());
    }

    @Test
    void bytesThatAreNotUtf8AreRefusedWhereTheyLie() {
        byte[] bytes = {'"', 'a', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'};
        Malformed e = catchThrowableOfType(Malformed.class, () -> HeaderJson.parse(bytes));
        assertThat(e.position()).isEqualTo(2);
        assertThat(e.found()).isEqualTo("byte 0xed");
        byte[] cut = {'"', (byte) 0xe4, (byte) 0xb8};
        assertThatThrownBy(() -> HeaderJson.parse(cut)).isInstanceOf(Malformed.class);
    }

    @Test
    void nestingIsLimitedSoThatNoTextOverflowsTheStack() throws Malformed {
        assertThatThrownBy(() -> parse("[".repeat(1_000_000))).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> parse("{\"a\":".repeat(200_000))).isInstanceOf(Malformed.class);
        assertThat(parse("[".repeat(20) + "]".repeat(20))).isInstanceOf(List.class);
    }

    @Test
    void damagedTextNeverGivesAnotherException() {
        Random random = new Random(1);
        String good = "{\"__metadata__\":{\"k\":\"v\\u00e9\"},\"w\":{\"dtype\":\"F32\",\"shape\":[2,3],"
                + "\"data_offsets\":[0,24]},\"中\":[1.5e-3,null,true]}";
        byte[] bytes = good.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = Arrays.copyOf(bytes, i % 3 == 0 ? random.nextInt(bytes.length) : bytes.length);
            for (int k = random.nextInt(3); k >= 0 && damaged.length > 0; k--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                HeaderJson.parse(damaged);
            } catch (Malformed e) {
                assertThat(e.position()).isBetween(0L, (long) damaged.length);
            }
        }
    }
}
