package adjoint.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adjoint.types.DType;
import adjoint.types.DataException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeaturesTest {
    private static final String TEXT = "a,b,k\n1,x,5\n2,y,5\n6,x,5\n7,x,5\n";

    @Test
    void standardisedColumnsHaveMeanZeroAndDeviationOne() {
        Table table = Csv.format().parse(TEXT);
        Features features = Features.of(table);
        assertThat(features.names()).containsExactly("a", "b=x", "b=y", "k");
        assertThat(features.means()).containsExactly(4, 0.75, 0.25, 5);
        assertThat(features.deviations()[0]).isCloseTo(Math.sqrt(6.5), within(1e-12));
        assertThat(features.deviations()[3]).isEqualTo(1);
        double[] x = features.standardized(table, DType.F64).toDoubles();
        for (int column = 0; column < 4; column++) {
            double sum = 0;
            double squares = 0;
            for (int row = 0; row < 4; row++) {
                sum += x[row * 4 + column];
                squares += x[row * 4 + column] * x[row * 4 + column];
            }
            assertThat(sum).isCloseTo(0, within(1e-12));
            assertThat(squares).isCloseTo(column == 3 ? 0 : 4, within(1e-9));
        }
        assertThat(features.raw(table).at(1).toFloats()).containsExactly(2, 0, 1, 5);
    }

    @Test
    void otherRowsAreTreatedWithTheTrainingRowsNumbers() {
        Features features = Features.of(Csv.format().parse(TEXT));
        Table other = features.format().parse("more,k,b,a\nwhatever,5,y,4\n");
        assertThat(features.raw(other).toFloats()).containsExactly(4, 0, 1, 5);
        assertThat(features.standardized(other).at(0, 0).item()).isZero();
    }

    @Test
    void aCategoryThatTrainingDidNotHave() {
        Features features = Features.of(Csv.format().parse(TEXT));
        Table other = features.format().parse("a,b,k\n1,x,5\n1,z,5\n");
        assertThatThrownBy(() -> features.raw(other))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("line 3, column b: no training row had the category \"z\"");
    }

    @Test
    void missingCellsAreFilledOnlyWhereThatWasAsked() {
        Table train = Csv.format().parse("a,b\n1,x\n,x\n3,y\n");
        Table other = Csv.format().numbers("a").categories("b").parse("a,b\n,\n");
        Features mean = Features.of(train, Missing.MEAN);
        assertThat(mean.raw(other).toFloats()).containsExactly(2, 1, 0);
        assertThat(mean.raw(train).toFloats()).containsExactly(1, 1, 0, 2, 1, 0, 3, 0, 1);
        Features drop = Features.of(train, Missing.DROP);
        assertThatThrownBy(() -> drop.raw(other)).hasMessageContaining("line 2, column a: the value is missing");
    }

    @Test
    void textsAndBack() {
        Table table = Csv.format().parse("a,城 市\n0.1,x\n0.7,\"y,\nz\"\n0.2,x\n");
        Features features = Features.of(table, Missing.MEAN);
        Features back = Features.fromMap(new HashMap<>(features.toMap()));
        assertThat(back.names()).isEqualTo(features.names());
        assertThat(back.means()).containsExactly(features.means());
        assertThat(back.deviations()).containsExactly(features.deviations());
        assertThat(back.policy()).isEqualTo(Missing.MEAN);
        assertThat(back.raw(table).toFloats())
                .containsExactly(features.raw(table).toFloats());
        assertThat(back.toMap()).isEqualTo(features.toMap());
    }

    @Test
    void damagedTexts() {
        Map<String, String> whole = Features.of(Csv.format().parse(TEXT)).toMap();
        for (String key : whole.keySet()) {
            var without = new HashMap<>(whole);
            without.remove(key);
            assertThatThrownBy(() -> Features.fromMap(without))
                    .as(key)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining(key);
        }
        for (String count : new String[] {"-1", "99999999999", "x", "0"}) {
            var wrong = new HashMap<>(whole);
            wrong.put("columns", count);
            assertThatThrownBy(() -> Features.fromMap(wrong)).isInstanceOf(DataException.class);
        }
    }

    @Test
    void nothingToLearnFrom() {
        Table table = Csv.format().parse("a,b\n1,\n2,\n");
        assertThatThrownBy(() -> Features.of(table, Missing.MEAN)).hasMessageContaining("column b has no value at all");
        assertThatThrownBy(() -> Features.of(table.take())).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> Features.of(Csv.format().parse("a\n1\n").without("a")))
                .isInstanceOf(DataException.class);
    }
}
