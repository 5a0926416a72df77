package adjoint.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.Adjoint;
import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.IndexException;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Datasets and loaders; orders and what they take from the random stream are PyTorch's. */
class DataLoaderTest {
    private static final Dataset SEVEN = new TensorDataset(Tensor.arange(7.0), Tensor.arange(7L));

    private static String pass(DataLoader loader) {
        List<List<Integer>> batches = new ArrayList<>();
        for (Batch b : loader) {
            batches.add(numbers(b));
        }
        return batches.toString();
    }

    private static List<Integer> numbers(Batch b) {
        List<Integer> all = new ArrayList<>();
        for (long n : b.y().toLongs()) {
            all.add((int) n);
        }
        assertThat(b.x().toLongs()).containsExactly(b.y().toLongs());
        return all;
    }

    @Test
    void inOrder() {
        var loader = new DataLoader(SEVEN, 3);
        assertThat(pass(loader)).isEqualTo("[[0, 1, 2], [3, 4, 5], [6]]");
        assertThat(loader.size()).isEqualTo(3);
        var whole = new DataLoader(SEVEN, 3).dropLast();
        assertThat(pass(whole)).isEqualTo("[[0, 1, 2], [3, 4, 5]]");
        assertThat(whole.size()).isEqualTo(2);
        assertThat(pass(new DataLoader(SEVEN, 7).dropLast())).isEqualTo("[[0, 1, 2, 3, 4, 5, 6]]");
        assertThat(pass(new DataLoader(SEVEN, 8).dropLast())).isEqualTo("[]");
        assertThat(pass(new DataLoader(SEVEN, Integer.MAX_VALUE))).isEqualTo("[[0, 1, 2, 3, 4, 5, 6]]");
        assertThat(new DataLoader(SEVEN, Integer.MAX_VALUE).size()).isEqualTo(1);
    }

    @Test
    void torchsOrderForTheSameSeed() {
        Adjoint.seed(7);
        var loader = new DataLoader(SEVEN, 3).shuffle();
        assertThat(pass(loader)).isEqualTo("[[2, 0, 5], [6, 3, 4], [1]]");
        assertThat(pass(loader)).isEqualTo("[[4, 3, 2], [1, 5, 0], [6]]");
        assertNext(0.36531615257263184, 0.8512683510780334);

        Adjoint.seed(7);
        pass(new DataLoader(SEVEN, 3));
        assertNext(0.6592116951942444, 0.6568902730941772);
    }

    private static void assertNext(double... wanted) {
        assertThat(Tensor.rand(wanted.length).toDoubles()).containsExactly(wanted, Offset.offset(1e-7));
    }

    @Test
    void aStreamOfItsOwn() {
        Adjoint.seed(7);
        Rng own = Rng.torch(11);
        var loader = new DataLoader(SEVEN, 3).shuffle(own).dropLast();
        assertThat(pass(loader)).isEqualTo("[[0, 6, 5], [1, 3, 2]]");
        assertThat(pass(loader)).isEqualTo("[[4, 0, 5], [1, 3, 2]]");
        assertNext(0.5349225401878357, 0.19880318641662598);
        assertThat(Tensor.rand(own, DType.F32, 2).toDoubles())
                .containsExactly(new double[] {0.2621738910675049, 0.6300707459449768}, Offset.offset(1e-7));
    }

    /** A pass that is gone through to its end takes one permutation more: passes, then the next number. */
    @Test
    void whatAPassTakesFromItsStream() {
        assertPasses(6, false, "[[0, 3, 1], [2, 5, 4]] [[0, 1, 2], [3, 4, 5]] [[1, 3, 2], [5, 0, 4]]", 0.99003094);
        assertPasses(
                7,
                false,
                "[[0, 6, 5], [1, 3, 2], [4]] [[4, 0, 5], [1, 3, 2], [6]] [[5, 0, 2], [4, 1, 3], [6]]",
                0.47849082);
        assertPasses(2, true, "[] [] []", 0.2718876);

        for (int taken = 2; taken <= 3; taken++) {
            Rng own = Rng.torch(11);
            Iterator<Batch> batches = new DataLoader(SEVEN, 3).shuffle(own).iterator();
            for (int i = 0; i < taken; i++) {
                batches.next();
            }
            assertThat(Tensor.rand(own, DType.F32, 1).item())
                    .isCloseTo(taken == 2 ? 0.57212263 : 0.76713085, Offset.offset(1e-7));
        }
        // From the default stream a pass takes two numbers, whatever its length.
        for (int n : new int[] {2, 6}) {
            Adjoint.seed(7);
            var loader = new DataLoader(rows(n), 3).shuffle().dropLast();
            for (int i = 0; i < 3; i++) {
                pass(loader);
            }
            assertNext(0.286839008);
        }
    }

    private static Dataset rows(long n) {
        return new TensorDataset(Tensor.arange((double) n), Tensor.arange(n));
    }

    private static void assertPasses(int n, boolean dropLast, String wanted, double next) {
        Adjoint.seed(7);
        Rng own = Rng.torch(11);
        var loader = new DataLoader(rows(n), 3).shuffle(own);
        loader = dropLast ? loader.dropLast() : loader;
        assertThat(pass(loader) + " " + pass(loader) + " " + pass(loader)).isEqualTo(wanted);
        assertThat(Tensor.rand(own, DType.F32, 1).item()).isCloseTo(next, Offset.offset(1e-7));
        assertNext(0.5349225401878357);
    }

    @Test
    void twoPassesAtOnce() {
        Adjoint.seed(7);
        var loader = new DataLoader(SEVEN, 3).shuffle();
        Iterator<Batch> a = loader.iterator();
        Iterator<Batch> b = loader.iterator();
        assertThat(numbers(a.next())).containsExactly(5, 4, 0);
        assertThat(numbers(b.next())).containsExactly(4, 3, 2);
        assertThat(numbers(a.next())).containsExactly(3, 2, 6);
        assertThat(numbers(b.next())).containsExactly(1, 5, 0);
        assertNext(0.36531615257263184);
        a.next();
        assertThat(a.hasNext()).isFalse();
        assertThatThrownBy(a::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void rows() {
        Tensor x = Tensor.arange(6.0).reshape(3, 2);
        var data = new TensorDataset(x, Tensor.of(7, 8, 9));
        assertThat(data.size()).isEqualTo(3);
        assertThat(data.get(1).x().toDoubles()).containsExactly(2, 3);
        assertThat(data.get(1).y().itemLong()).isEqualTo(8);
        Batch b = data.batch(new long[] {2, 0});
        assertThat(b.x().toDoubles()).containsExactly(4, 5, 0, 1);
        assertThat(b.y().toLongs()).containsExactly(9, 7);
        assertThat(b.x().isView()).isFalse();
        assertThat(b.get(0)).isSameAs(b.x());
        assertThatThrownBy(() -> data.get(3)).isInstanceOf(IndexException.class);
        Tensor w = Tensor.ones(3, 2).requiresGrad(true);
        new TensorDataset(w).batch(new long[] {1, 1}).x().sum().backward();
        assertThat(w.grad().toDoubles()).containsExactly(0, 0, 2, 2, 0, 0);
    }

    @Test
    void datasetsOfOnesOwn() {
        Dataset squares = new Dataset() {
            @Override
            public int size() {
                return 5;
            }

            @Override
            public Batch get(int i) {
                return new Batch(Tensor.of(1.0 * i, i * i), Tensor.scalar((long) i));
            }
        };
        List<Batch> all = new ArrayList<>();
        new DataLoader(squares, 2).forEach(all::add);
        assertThat(all).hasSize(3);
        assertThat(all.get(1).x().shape()).hasToString("[2, 2]");
        assertThat(all.get(1).x().toDoubles()).containsExactly(2, 4, 3, 9);
        assertThat(all.get(2).y().shape()).hasToString("[1]");
    }

    @Test
    void misuse() {
        assertThatThrownBy(TensorDataset::new).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> new TensorDataset(Tensor.ones(2), Tensor.ones(3)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[2]")
                .hasMessageContaining("[3]");
        assertThatThrownBy(() -> new TensorDataset(Tensor.scalar(1.0))).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> new DataLoader(SEVEN, 0)).isInstanceOf(ValueException.class);
        assertThatThrownBy(() -> new DataLoader(SEVEN, -3)).isInstanceOf(ValueException.class);
        DataLoader empty = new DataLoader(new TensorDataset(Tensor.zeros(0), Tensor.zeros(0)), 2);
        assertThat(pass(empty)).isEqualTo("[]");
        assertThatThrownBy(empty::shuffle).isInstanceOf(ValueException.class);
    }
}
