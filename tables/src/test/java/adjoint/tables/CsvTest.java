package adjoint.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.types.DataException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
    @TempDir
    Path folder;

    private Path file(String text, Charset charset) throws IOException {
        return Files.write(folder.resolve("data.csv"), text.getBytes(charset));
    }

    @Test
    void numbersCategoriesQuotesAndMissingCells() {
        Table table = Csv.format().parse("a, b ,c\n1,\"x, y\",?\n-2.5e1,\"say \"\"hi\"\"\",3\n,x,NA\n");
        assertThat(table.names()).containsExactly("a", "b", "c");
        assertThat(table.rows()).isEqualTo(3);
        assertThat(table.numbers("a").toDoubles()).containsExactly(1, -25, Double.NaN);
        var b = (CategoryColumn) table.column("b");
        assertThat(b.value(0)).isEqualTo("x, y");
        assertThat(b.value(1)).isEqualTo("say \"hi\"");
        assertThat(b.categories()).containsExactly("say \"hi\"", "x", "x, y");
        assertThat(table.column("c").missingCount()).isEqualTo(2);
        assertThat(table.missingCount()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a,b\n1,2\n", "a;b\n1;2\n", "a\tb\n1\t2\n", "a,b\r\n1,2\r\n", "\n\na,b\n\n1,2", "a,b\r1,2\r"})
    void delimiterAndLineEndsAreDetected(String text) {
        Table table = Csv.format().parse(text);
        assertThat(table.names()).containsExactly("a", "b");
        assertThat(table.numbers("b").value(0)).isEqualTo(2);
    }

    @Test
    void aDelimiterInsideQuotesDoesNotCount() {
        assertThat(Csv.format().parse("\"a,b,c\";d\n1;2\n").names()).containsExactly("a,b,c", "d");
    }

    @Test
    void linesAreCountedThroughQuotedLineBreaksAndEmptyLines() {
        String text = "a,b\n\"x\ny\",1\n\nz,2\nz,oops\n";
        assertThatThrownBy(() -> Csv.format().parse(text))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("line 6, column b: expected a number, found \"oops\"");
    }

    @Test
    void byteOrderMarks() throws IOException {
        assertThat(Table.read(file("\uFEFFa,b\n1,2\n", StandardCharsets.UTF_8)).names())
                .containsExactly("a", "b");
        assertThat(Table.read(file("\uFEFFa,b\n1,2\n", StandardCharsets.UTF_16LE))
                        .names())
                .containsExactly("a", "b");
    }

    @Test
    void gbkIsSuggestedWhereItFits() throws IOException {
        Path file = file("城市,价格\n北京,1\n上海,2\n", Charset.forName("GBK"));
        assertThatThrownBy(() -> Table.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("data.csv: line 1 is not UTF-8")
                .hasMessageContaining("--encoding GBK");
        Table table = Csv.format().encoding("gbk").read(file);
        assertThat(table.names()).containsExactly("城市", "价格");
        assertThat(((CategoryColumn) table.column("城市")).categories()).containsExactly("上海", "北京");
    }

    @Test
    void theLineThatDoesNotDecodeIsNamed() throws IOException {
        Path file = Files.write(folder.resolve("x.csv"), new byte[] {'a', '\n', '1', '\n', (byte) 0xE9, '\n'});
        assertThatThrownBy(() -> Table.read(file))
                .hasMessageContaining("line 3 is not UTF-8")
                .hasMessageContaining("0xE9")
                .hasMessageContaining("windows-1252");
        assertThat(Csv.format().encoding("windows-1252").read(file).rows()).isEqualTo(2);
    }

    @Test
    void utf8ReadAsSomethingElseIsSuggestedBack() throws IOException {
        Path file = file("a\n1\né\n", StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Csv.format().encoding("US-ASCII").read(file)).hasMessageContaining("as UTF-8");
    }

    @Test
    void encodingsThatDoNotExist() {
        assertThatThrownBy(() -> Csv.format().encoding("GKB")).hasMessageContaining("Did you mean GBK?");
        assertThatThrownBy(() -> Csv.format().encoding("!!")).isInstanceOf(DataException.class);
    }

    @Test
    void filesThatAreNoTables() throws IOException {
        Path absent = folder.resolve("none.csv");
        assertThatThrownBy(() -> Table.read(absent)).hasMessageContaining("there is no such file");
        assertThatThrownBy(() -> Table.read(folder)).hasMessageContaining("it is a folder");
        Path empty = file("", StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Table.read(empty)).hasMessageContaining("the file is empty");
        Path binary = Files.write(folder.resolve("b.csv"), new byte[] {'P', 'K', 0, 1});
        assertThatThrownBy(() -> Table.read(binary)).hasMessageContaining("not CSV");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\n \n'|line 2 is blank",
                "'a,b\n'|no row",
                "'a,b\n1,2\n3\n'|line 3 has 1 field, the first line 2",
                "'a,b\n1,2,3\n'|line 2 has 3 fields, the first line 2",
                "'a,a\n1,2\n'|two columns are called \"a\"",
                "'a,b\n1,\"2\n3,4\n'|not CSV",
                "'a,b\n\"1\"x,2\n'|not CSV",
                "'a,b\n1,2\n3,x y\n5,6\n'|line 3, column b",
                "'a;b\n1;2\n3;4,5\n5;6\n'|Write decimals with a point",
                "'a\n1\n2\n1e999\n'|line 4, column a",
                "'a\n1\n2\n0x10\n'|line 4, column a",
                "'a\n1\n2\nInfinity\n'|line 4, column a",
            })
    void textsThatAreNoTables(String text, String why) {
        assertThatThrownBy(() -> Features.of(Csv.format().parse(text)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(why)
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
    }

    @Test
    void columnsCanBeChosenAndTheirKindSaid() {
        String text = "id,sex,x\nA1,1,1\nA2,2,oops\nA3,1,2\n";
        Table table = Csv.format().ignore("id").categories("sex", "x").parse(text);
        assertThat(table.names()).containsExactly("sex", "x");
        assertThat(((CategoryColumn) table.column("sex")).categories()).containsExactly("1", "2");
        assertThat(Csv.format().only("sex").parse(text).names()).containsExactly("sex");
        assertThatThrownBy(() -> Csv.format().numbers("id").parse(text)).hasMessageContaining("line 2, column id");
        assertThatThrownBy(() -> Csv.format().ignore("sx").parse(text)).hasMessageContaining("Did you mean sex?");
        assertThatThrownBy(() -> Csv.format().ignore("sex", "id", "x").parse(text))
                .hasMessageContaining("every column is ignored");
    }

    @Test
    void withoutHeader() {
        Table table = Csv.format().withoutHeader().parse("1,2\n3,4\n");
        assertThat(table.names()).containsExactly("column 1", "column 2");
        assertThat(table.rows()).isEqualTo(2);
    }

    @Test
    void aBlankNameIsReplacedByThePlace() {
        assertThat(Csv.format().parse(",a\n0,5\n").names()).containsExactly("column 1", "a");
    }

    @Test
    void aDelimiterWithAMeaningOfItsOwnIsRefused() {
        assertThatThrownBy(() -> Csv.format().delimiter('"')).isInstanceOf(DataException.class);
    }
}
