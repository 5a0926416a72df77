package adjoint.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.types.DType;
import adjoint.types.DataException;
import adjoint.types.IndexException;
import adjoint.types.ShapeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {
    private static final String NAN = "a,b,c\n1,x,1\n,y,2\n3,,3\n8,y,4\n";

    @Test
    void columnsBecomeTensors() {
        Table table = Csv.format().parse("a,b,c\n1,x,0.5\n2,y,0.25\n3,x,0\n");
        assertThat(table.select("c", "a").tensor().shape().sizes()).containsExactly(3, 2);
        assertThat(table.select("c", "a").tensor().toFloats()).containsExactly(0.5f, 1, 0.25f, 2, 0, 3);
        assertThat(table.without("b").tensor(DType.F64).dtype()).isEqualTo(DType.F64);
        assertThat(table.column("a").tensor().shape().sizes()).containsExactly(3);
        assertThat(table.column("b").tensor().toFloats()).containsExactly(1, 0, 0, 1, 1, 0);
        assertThat(table.categories("b").codes().toLongs()).containsExactly(0, 1, 0);
        assertThatThrownBy(table::tensor)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("the column b holds no numbers but categories (\"x\", \"y\")");
    }

    @Test
    void anUnknownColumnGetsTheNearestName() {
        Table table = Csv.format().parse("target,bmi\n1,2\n");
        assertThatThrownBy(() -> table.column("traget")).hasMessageContaining("Did you mean target?");
        assertThatThrownBy(() -> table.column("BMI")).hasMessageContaining("Did you mean bmi?");
        assertThatThrownBy(() -> table.column("zzzzz")).hasMessageContaining("There are target, bmi.");
    }

    @Test
    void missingCells() {
        Table table = Csv.format().parse(NAN);
        assertThatThrownBy(() -> table.missing(Missing.REFUSE)).hasMessageContaining("line 3, column a");
        assertThatThrownBy(() -> table.select("a", "c").tensor()).hasMessageContaining("line 3, column a");

        Table dropped = table.missing(Missing.DROP);
        assertThat(dropped.rows()).isEqualTo(2);
        assertThat(dropped.where(1)).isEqualTo("line 5");

        Table filled = table.missing(Missing.MEAN);
        assertThat(filled.numbers("a").value(1)).isEqualTo(4);
        assertThat(filled.column("b").text(2)).isEqualTo("y");
        assertThat(filled.missingCount()).isZero();

        Table nothing = Csv.format().parse("a,b\n,1\n2,\n");
        assertThatThrownBy(() -> nothing.missing(Missing.DROP)).hasMessageContaining("dropping leaves nothing");
        Table none = Csv.format().parse("a,b\n,1\n,2\n");
        assertThatThrownBy(() -> none.missing(Missing.MEAN)).hasMessageContaining("column a has no value at all");
    }

    @Test
    void missingCellsOfOneColumn() {
        Table table = Csv.format().parse(NAN);
        assertThat(table.numbers("a").fillMissing(-1).toDoubles()).containsExactly(1, -1, 3, 8);
        CategoryColumn named = table.categories("b").fillMissing("none");
        assertThat(named.categories()).containsExactly("none", "x", "y");
        assertThat(named.tensor().toFloats()).containsExactly(0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1);
        assertThat(table.categories("b").missingCount())
                .as("a column never changes")
                .isOne();
        assertThatThrownBy(() -> table.numbers("a").fillMissing(Double.NaN))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("column a", "Give a number");
        assertThatThrownBy(() -> table.categories("a"))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("a holds no categories but numbers", "categories(\"a\")");
    }

    @Test
    void splittingIsByTheSeedAndLosesNoRow() {
        double[] numbers = DoubleStream.iterate(0, x -> x + 1).limit(11).toArray();
        Table table = Table.of(new NumberColumn("x", numbers));
        Split parts = table.split(0.2, 7);
        assertThat(parts.test().rows()).isEqualTo(2);
        double[] all = DoubleStream.concat(
                        Arrays.stream(parts.train().numbers("x").toDoubles()),
                        Arrays.stream(parts.test().numbers("x").toDoubles()))
                .sorted()
                .toArray();
        assertThat(all).containsExactly(numbers);
        assertThat(table.split(0.2, 7).test().toCsv()).isEqualTo(parts.test().toCsv());
        assertThat(table.split(0.2, 8).train().toCsv())
                .isNotEqualTo(parts.train().toCsv());
        assertThat(table.split(0, 7).test().rows()).isZero();
        assertThat(table.split(0.99, 7).train().rows()).isEqualTo(1);
        assertThat(table.split(0.001, 7).test().rows()).isEqualTo(1);
        assertThatThrownBy(() -> table.split(1, 0)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> table.split(Double.NaN, 0)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> table.take(3).split(0.5, 0)).isInstanceOf(DataException.class);
    }

    @Test
    void writtenTablesReadBackAsTheyWere(@TempDir Path folder) throws IOException {
        Table table = Table.of(
                new NumberColumn("x", 1, -0.0, 0.1, Double.NaN, 1e300),
                new CategoryColumn("na, \"me\"", "a,b", "c\nd", "\"", null, "é城"));
        Path file = folder.resolve("out.csv");
        Files.writeString(file, "old");
        table.write(file);
        Table back = Table.read(file);
        assertThat(back.toCsv()).isEqualTo(table.toCsv());
        assertThat(back.numbers("x").toDoubles()).containsExactly(1, -0.0, 0.1, Double.NaN, 1e300);
        assertThat(folder).isDirectoryContaining(p -> p.equals(file)).isDirectoryNotContaining(p -> !p.equals(file));
        assertThatThrownBy(() -> table.write(folder)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> table.write(folder.resolve("no/out.csv"))).isInstanceOf(DataException.class);
    }

    @Test
    void columnsThatDoNotFitTogether() {
        var x = new NumberColumn("x", 1, 2);
        var y = new NumberColumn("y", 1);
        assertThatThrownBy(() -> Table.of(x, y)).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Table.of(x, x)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> Table.of(x).take(2)).isInstanceOf(IndexException.class);
        assertThat(Table.of(x).with(new NumberColumn("x", 3, 4)).numbers("x").value(1))
                .isEqualTo(4);
    }

    @Test
    void theMostFrequentCategoryAndTies() {
        assertThat(new CategoryColumn("c", "b", "a", null, "b", "a", "c").mostFrequent())
                .isEqualTo("a");
        assertThat(new CategoryColumn("c", "b", "a", "b").mostFrequent()).isEqualTo("b");
        assertThat(new CategoryColumn("c", (String) null).mostFrequent()).isNull();
    }

    @Test
    void aTableSaysWhatItHolds() {
        assertThat(Csv.format().parse(NAN).toString())
                .isEqualTo("4 rows, 3 columns\n  a: 4 numbers, 1 missing\n"
                        + "  b: 4 texts in 2 categories, 1 missing\n  c: 4 numbers");
    }
}
