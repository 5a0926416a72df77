package adjoint.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.Adjoint;
import adjoint.tensor.Replacement;
import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DataException;
import adjoint.types.IndexException;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;
import org.junit.jupiter.api.Test;

/** Parts and unions of datasets, objects as samples, samplers. The random orders are PyTorch's reference cases. */
class DatasetsTest {
    private static final Dataset SEVEN = new TensorDataset(Tensor.arange(7.0), Tensor.arange(7L));

    private static List<Long> numbers(Dataset data) {
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < data.size(); i++) {
            all.add(data.get(i).y().itemLong());
        }
        return all;
    }

    @Test
    void aPart() {
        Subset part = SEVEN.subset(4, 2, 2);
        assertThat(numbers(part)).containsExactly(4L, 2L, 2L);
        assertThat(part.batch(new long[] {2, 0}).y().toLongs()).containsExactly(2, 4);
        assertThat(part.subset(0).indices()).containsExactly(0);
        assertThat(numbers(part.subset(0))).containsExactly(4L);
        assertThat(SEVEN.subset().size()).isZero();
        assertThatThrownBy(() -> SEVEN.subset(7)).isInstanceOf(IndexException.class);
        assertThatThrownBy(() -> SEVEN.subset(-1)).isInstanceOf(IndexException.class);
    }

    @Test
    void severalDatasetsAsOne() {
        var all = new ConcatDataset(SEVEN.subset(6), SEVEN.subset(), SEVEN.subset(1, 2));
        assertThat(numbers(all)).containsExactly(6L, 1L, 2L);
        assertThat(all.batch(new long[] {2, 0}).y().toLongs()).containsExactly(2, 6);
        assertThatThrownBy(() -> all.get(3)).isInstanceOf(IndexException.class);
        assertThatThrownBy(() -> all.get(-1)).isInstanceOf(IndexException.class);
        assertThatThrownBy(ConcatDataset::new).isInstanceOf(ValueException.class);
    }

    @Test
    void aRandomSplitHasEachSampleOnce() {
        List<Subset> parts = SEVEN.randomSplit(Rng.torch(1), 4, 0, 3);
        assertThat(parts.stream().map(Subset::size)).containsExactly(4, 0, 3);
        List<Long> all = new ArrayList<>();
        parts.forEach(part -> all.addAll(numbers(part)));
        assertThat(all).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(SEVEN.randomSplit(0.5, 0.5).stream().map(Subset::size)).containsExactly(4, 3);
        assertThat(SEVEN.randomSplit(0.1, 0.1, 0.8).stream().map(Subset::size)).containsExactly(1, 1, 5);
        Rng rng = Rng.torch(2);
        for (Runnable r : new Runnable[] {
            () -> SEVEN.randomSplit(rng, 4, 4),
            () -> SEVEN.randomSplit(rng, -1, 8),
            () -> SEVEN.randomSplit(rng, 0.5, 0.4),
            () -> SEVEN.randomSplit(rng, 1.5, -0.5),
            () -> SEVEN.randomSplit(rng, Double.NaN)
        }) {
            assertThatThrownBy(r::run).isInstanceOf(ValueException.class);
        }
        assertThat(rng.nextLong()).isEqualTo(Rng.torch(2).nextLong());
    }

    private record Flower(double[] sizes, int kind, boolean red, Tensor more) {}

    @Test
    void recordsAreSamples() {
        var data = new ListDataset(List.of(
                new Flower(new double[] {1, 2}, 3, true, Tensor.of(0.5)),
                new Flower(new double[] {4, 5}, 6, false, Tensor.of(1.5))));
        Batch batch = data.batch(new long[] {1, 0});
        assertThat(batch.tensors().stream().map(Tensor::dtype))
                .containsExactly(DType.F64, DType.I64, DType.BOOL, DType.F32);
        assertThat(batch.x().shape().sizes()).containsExactly(2, 2);
        assertThat(batch.y().toLongs()).containsExactly(6, 3);
        assertThat(data.get(0).y().shape().rank()).isZero();
    }

    @Test
    void listsAndValuesAreSamplesToo() {
        var data = new ListDataset(List.of(1.5f, 2.5f, 3.5f));
        assertThat(data.batch(new long[] {0, 2}).x().toFloats()).containsExactly(1.5f, 3.5f);
        assertThat(new ListDataset(List.of(List.of(1L, 2.0))).get(0).y().dtype())
                .isEqualTo(DType.F64);
        assertThatThrownBy(() -> new ListDataset(List.of("text")).get(0)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> new ListDataset(List.of(new Flower(null, 1, true, null))).get(0))
                .isInstanceOf(DataException.class);
        assertThatThrownBy(() -> new ListDataset(List.of(List.of(1L), List.of(1L, 2L))).batch(new long[] {0, 1}))
                .isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> data.batch(new long[] {})).isInstanceOf(ShapeException.class);
    }

    @Test
    void aLoaderMayStackInAnotherWay() {
        var texts = new ListDataset(List.of(Tensor.arange(3L), Tensor.arange(1L)));
        var loader = new DataLoader(texts, 2)
                .collate(samples -> new Batch(
                        Tensor.cat(0, samples.get(0).x(), samples.get(1).x())));
        assertThat(loader.iterator().next().x().toLongs()).containsExactly(0, 1, 2, 0);
    }

    private static long[] pass(Sampler sampler) {
        List<Long> all = new ArrayList<>();
        sampler.forEach(all::add);
        assertThat(all).hasSize(sampler.size());
        return all.stream().mapToLong(Long::longValue).toArray();
    }

    @Test
    void samplersDrawWhenTheFirstNumberIsAskedFor() {
        assertThat(pass(Sampler.sequential(3))).containsExactly(0, 1, 2);
        assertThat(pass(Sampler.sequential(0))).isEmpty();
        for (Sampler sampler : List.of(
                Sampler.random(5),
                Sampler.shuffled(4, 9, 2),
                Sampler.weighted(Tensor.of(0.0, 1, 2), 5, Replacement.WITH))) {
            Adjoint.seed(3);
            PrimitiveIterator.OfLong numbers = sampler.iterator();
            assertThat(Rng.global().nextLong()).isEqualTo(Rng.torch(3).nextLong());
            assertThat(numbers.nextLong()).isNotNegative();
            Adjoint.seed(4);
            long[] once = pass(sampler);
            Adjoint.seed(4);
            assertThat(pass(sampler)).isEqualTo(once);
            assertThatThrownBy(() -> {
                        while (true) {
                            numbers.nextLong();
                        }
                    })
                    .isInstanceOf(NoSuchElementException.class);
        }
        assertThat(pass(Sampler.shuffled(4, 9, 2))).containsExactlyInAnyOrder(2, 4, 9);
        assertThat(pass(Sampler.weighted(Tensor.of(0.0, 1, 2), 50, Replacement.WITH)))
                .doesNotContain(0);
    }

    @Test
    void withoutReplacementEachComesOnceBeforeAnyComesAgain() {
        long[] numbers = pass(Sampler.random(Rng.torch(5), 3, 8, Replacement.WITHOUT));
        for (int from = 0; from + 3 <= 8; from += 3) {
            assertThat(Arrays.copyOfRange(numbers, from, from + 3)).containsExactlyInAnyOrder(0, 1, 2);
        }
        assertThat(pass(Sampler.random(Rng.torch(5), 3, 100, Replacement.WITH))).containsOnly(0, 1, 2);
    }

    @Test
    void batches() {
        BatchSampler batches = BatchSampler.of(Sampler.sequential(5), 2, LastBatch.DROP);
        assertThat(batches.size()).isEqualTo(2);
        assertThat(batches).containsExactly(new long[] {0, 1}, new long[] {2, 3});
        assertThat(BatchSampler.of(Sampler.sequential(5), Integer.MAX_VALUE))
                .containsExactly(new long[] {0, 1, 2, 3, 4});
        Iterator<Batch> loaded = new DataLoader(SEVEN, batches).iterator();
        assertThat(loaded.next().y().toLongs()).containsExactly(0, 1);
        var reversed = new DataLoader(SEVEN, 2).sampler(Sampler.shuffled(Rng.torch(1), 6, 5));
        assertThat(reversed.size()).isEqualTo(1);
        assertThat(reversed.iterator().next().y().toLongs()).containsExactlyInAnyOrder(5, 6);
    }

    @Test
    void whatContradictsItselfIsRefused() {
        BatchSampler batches = BatchSampler.of(Sampler.sequential(5), 2);
        for (Runnable r : new Runnable[] {
            () -> BatchSampler.of(Sampler.sequential(5), 0),
            () -> Sampler.random(0),
            () -> Sampler.random(3, 0, Replacement.WITH),
            () -> Sampler.weighted(Tensor.ones(3), 0, Replacement.WITH),
            () -> new DataLoader(SEVEN, batches).shuffle(),
            () -> new DataLoader(SEVEN, batches).dropLast(),
            () -> new DataLoader(SEVEN, 2).shuffle().sampler(Sampler.sequential(7)),
            () -> new DataLoader(SEVEN, 2).sampler(Sampler.sequential(7)).shuffle(),
            () -> pass(Sampler.weighted(Tensor.ones(3), 4, Replacement.WITHOUT))
        }) {
            assertThatThrownBy(r::run).isInstanceOf(ValueException.class);
        }
        assertThatThrownBy(() -> Sampler.weighted(Tensor.ones(3, 1), 2, Replacement.WITH))
                .isInstanceOf(ShapeException.class);
    }
}
