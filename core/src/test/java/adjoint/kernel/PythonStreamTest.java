package adjoint.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adjoint.types.IndexException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Expected numbers are CPython 3.11's. */
class PythonStreamTest {
    @Test
    void seedsOfAnySizeAndSign() {
        assertThat(new PythonStream(0L).random()).isEqualTo(0.8444218515250481);
        assertThat(new PythonStream(-7L).random()).isEqualTo(0.32383276483316237);
        assertThat(new PythonStream(4294967296L).random()).isEqualTo(0.11299430095636409);
        assertThat(new PythonStream(4294967301L).random()).isEqualTo(0.15727238718789782);
        assertThat(new PythonStream(9223372036854775807L).random()).isEqualTo(0.3166448820870279);
        assertThat(new PythonStream(Long.MIN_VALUE).random()).isEqualTo(0.5534639983914199);
    }

    @Test
    void bits() {
        var python = new PythonStream(3);
        assertThat(python.getrandbits(1)).isEqualTo(0L);
        assertThat(python.getrandbits(8)).isEqualTo(151L);
        assertThat(python.getrandbits(31)).isEqualTo(1168723365L);
        assertThat(python.getrandbits(32)).isEqualTo(560161641L);
        assertThat(python.getrandbits(33)).isEqualTo(5883912612L);
        assertThat(python.getrandbits(40)).isEqualTo(522284859645L);
        assertThat(python.getrandbits(63)).isEqualTo(5357414930656998566L);
        assertThat(python.getrandbits(64)).isEqualTo(-7275404407044931623L);
    }

    @Test
    void integersAndChoices() {
        var python = new PythonStream(4);
        assertThat(python.randbelow(1L)).isEqualTo(0L);
        assertThat(python.randbelow(2L)).isEqualTo(1L);
        assertThat(python.randbelow(10L)).isEqualTo(1L);
        assertThat(python.randbelow(2147483648L)).isEqualTo(1701057193L);
        assertThat(python.randbelow(4294967296L)).isEqualTo(2056767043L);
        assertThat(python.randbelow(4294967297L)).isEqualTo(386977619L);
        assertThat(python.randbelow(4611686018427387905L)).isEqualTo(3704023342828928275L);
        assertThat(python.randint(-5, 5)).isEqualTo(3);
        assertThat(python.randrange(100, 200)).isEqualTo(137);
        assertThat(python.choice(List.of(10, 20, 30))).isEqualTo(10);
        assertThat(python.uniform(-3, 8)).isEqualTo(-0.5587900674065058);
    }

    @Test
    void samplesOnBothSidesOfThePoolLimit() {
        var python = new PythonStream(5);
        assertThat(python.sample(5, 5)).containsExactly(4, 2, 3, 1, 0);
        assertThat(python.sample(21, 4)).containsExactly(14, 7, 1, 5);
        assertThat(python.sample(22, 4)).containsExactly(3, 11, 15, 7);
        assertThat(python.sample(85, 6)).containsExactly(48, 69, 13, 73, 31, 1);
        assertThat(python.sample(86, 6)).containsExactly(27, 52, 35, 23, 49, 20);
        assertThat(python.sample(100000, 7)).containsExactly(99867, 9428, 18188, 80992, 80930, 58305, 16606);
    }

    @Test
    void gauss() {
        var python = new PythonStream(6);
        assertThat(python.gauss(1, 2.5)).isCloseTo(2.2491889828395264, within(1e-14));
        assertThat(python.gauss(1, 2.5)).isCloseTo(-3.4733596485364346, within(1e-14));
        assertThat(python.gauss(1, 2.5)).isCloseTo(-0.9385075266105212, within(1e-14));
    }

    @Test
    void allFormsOfShuffleAgree() {
        int[] ints = IntStream.range(0, 30).toArray();
        long[] longs = IntStream.range(0, 30).asLongStream().toArray();
        List<Integer> list = new ArrayList<>(IntStream.range(0, 30).boxed().toList());
        new PythonStream(5).shuffle(ints);
        new PythonStream(5).shuffle(longs);
        new PythonStream(5).shuffle(list);
        assertThat(IntStream.of(ints).boxed().toList()).isEqualTo(list);
        assertThat(IntStream.of(ints).asLongStream().toArray()).isEqualTo(longs);
    }

    @Test
    void whatCannotBeDrawnIsRefusedBeforeAnythingIsTaken() {
        var python = new PythonStream(1);
        assertThatThrownBy(() -> python.randbelow(0)).isInstanceOf(IndexException.class);
        assertThatThrownBy(() -> python.getrandbits(65)).isInstanceOf(IndexException.class);
        assertThatThrownBy(() -> python.sample(3, 4)).isInstanceOf(IndexException.class);
        assertThatThrownBy(() -> python.randint(3, 2)).isInstanceOf(IndexException.class);
        assertThatThrownBy(() -> python.randint(Long.MIN_VALUE, 2)).isInstanceOf(IndexException.class);
        assertThatThrownBy(() -> python.randrange(3, 3)).isInstanceOf(IndexException.class);
        assertThatThrownBy(() -> python.randrange(Long.MIN_VALUE, 2)).isInstanceOf(IndexException.class);
        assertThatThrownBy(() -> python.choice(List.of())).isInstanceOf(IndexException.class);
        assertThat(python.random()).isEqualTo(new PythonStream(1).random());
    }

    @Test
    void aCopyRunsOnItsOwnWithItsPendingGauss() {
        var python = new PythonStream(1);
        python.gauss(0, 1);
        var copy = python.copy();
        double next = python.gauss(0, 1);
        python.random();
        assertThat(copy.gauss(0, 1)).isEqualTo(next);
    }
}
