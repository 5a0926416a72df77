package adjoint.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.Adjoint;
import adjoint.tensor.Rng;
import adjoint.tensor.Sort;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.IndexException;
import adjoint.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Loops for particular layouts, types and lengths against what they stand for, on any number of threads. */
class PlacesTest {
    private final Rng rng = Rng.torch(0);

    /** The same bits whatever the number of threads; gives them. */
    private static Tensor same(Supplier<Tensor> work) {
        int before = Adjoint.threads();
        try {
            Adjoint.threads(1);
            Tensor one = work.get();
            for (int threads : new int[] {2, 3, 8}) {
                Adjoint.threads(threads);
                assertThat(work.get().detach().reshape(-1).to(DType.F64).toDoubles())
                        .isEqualTo(one.detach().reshape(-1).to(DType.F64).toDoubles());
            }
            return one;
        } finally {
            Adjoint.threads(before);
        }
    }

    @Test
    void longLinesAreSortedStably() {
        for (int n : new int[] {1, 2, 127, 128, 1000}) {
            for (DType dtype : new DType[] {DType.F32, DType.F64, DType.I64}) {
                // Many equals, and zeros of both signs.
                double[] numbers =
                        Tensor.normal(rng, 0, 3, n).round().to(DType.F64).toDoubles();
                if (dtype != DType.I64 && n > 5) {
                    numbers[1] = Double.NaN;
                    numbers[2] = Double.NEGATIVE_INFINITY;
                    numbers[3] = -0.0;
                    numbers[4] = Double.POSITIVE_INFINITY;
                }
                Tensor x = Tensor.of(numbers).to(dtype);
                double[] v = x.to(DType.F64).toDoubles();
                Comparator<Integer> order = Comparator.comparingDouble(i -> v[i] + 0.0);
                for (Sort sort : Sort.values()) {
                    long[] expected = IntStream.range(0, n)
                            .boxed()
                            .sorted(sort == Sort.ASCENDING ? order : order.reversed())
                            .mapToLong(i -> i)
                            .toArray();
                    assertThat(x.argsort(0, sort).toLongs()).isEqualTo(expected);
                    for (int k : new int[] {0, 1, Math.min(7, n), n}) {
                        assertThat(x.topk(k, 0, sort).indices().toLongs())
                                .as("%d of %d %s", k, n, dtype)
                                .isEqualTo(Arrays.copyOf(expected, k));
                    }
                }
            }
        }
    }

    @Test
    void transposedCopiesHaveEveryElement() {
        for (long[] shape : new long[][] {{1, 1}, {3, 17}, {16, 16}, {33, 65}, {2, 300, 301}, {3, 5, 7, 9}}) {
            Tensor x = Tensor.normal(rng, 0, 1, shape);
            int last = shape.length - 1;
            Tensor seen = x.transpose(last - 1, last);
            Tensor copy = same(seen::contiguous);
            assertThat(copy.sub(seen).abs().max().item()).isZero();
            assertThat(copy.transpose(last - 1, last).reshape(-1).toFloats())
                    .isEqualTo(x.reshape(-1).toFloats());
            Tensor turned = x.movedim(0, last);
            assertThat(same(turned::contiguous).movedim(last, 0).reshape(-1).toFloats())
                    .isEqualTo(x.reshape(-1).toFloats());
        }
    }

    @Test
    void placesAlongAnyDimension() {
        Tensor x = Tensor.normal(rng, 0, 1, 40, 50, 60);
        long[] sizes = {40, 50, 60};
        for (int dim = 0; dim < 3; dim++) {
            int d = dim;
            Tensor index = Tensor.randint(rng, 0, sizes[d], sizes);
            List<Double> expected = new ArrayList<>();
            float[] v = x.reshape(-1).toFloats();
            long[] at = index.reshape(-1).toLongs();
            double[] sums = new double[v.length];
            for (int i = 0; i < at.length; i++) {
                int[] place = {i / 3000, i / 60 % 50, i % 60};
                place[d] = (int) at[i];
                int from = place[0] * 3000 + place[1] * 60 + place[2];
                expected.add((double) v[from]);
                sums[from] += v[i];
            }
            Tensor picked = same(() -> x.gather(d, index));
            assertThat(picked.reshape(-1).to(DType.F64).toDoubles())
                    .isEqualTo(expected.stream().mapToDouble(e -> e).toArray());
            assertThat(same(() -> x.transpose(0, 2).contiguous().transpose(0, 2).gather(d, index))
                            .reshape(-1)
                            .toFloats())
                    .isEqualTo(picked.reshape(-1).toFloats());
            Tensor wide = x.to(DType.F64);
            Tensor added = same(() -> Tensor.zeros(DType.F64, sizes).scatterAdd(d, index, wide));
            assertThat(added.reshape(-1).toDoubles()).isEqualTo(sums);
            same(() -> Tensor.zeros(sizes).scatter(d, index, x));
        }
        assertThatThrownBy(() -> x.gather(2, Tensor.full(DType.I64, 60, 40, 50, 1)))
                .isInstanceOf(IndexException.class)
                .hasMessageContaining("index 60 in dimension 2");
    }

    @Test
    void rowsOfATableGoBackToIt() {
        Tensor table = Tensor.normal(rng, 0, 1, 300, 200).requiresGrad(true);
        Tensor index = Tensor.randint(rng, 0, 300, 1000);
        Tensor g = Tensor.normal(rng, 0, 1, 1000, 200);
        Tensor rows = same(() -> table.at(index));
        float[] t = table.detach().reshape(-1).toFloats();
        float[] r = rows.detach().reshape(-1).toFloats();
        float[] gradient = g.reshape(-1).toFloats();
        float[] sums = new float[t.length];
        long[] at = index.toLongs();
        for (int i = 0; i < at.length; i++) {
            for (int k = 0; k < 200; k++) {
                assertThat(r[i * 200 + k]).isEqualTo(t[(int) at[i] * 200 + k]);
                sums[(int) at[i] * 200 + k] += gradient[i * 200 + k];
            }
        }
        Tensor back = same(() -> {
            table.grad(null);
            table.at(index).backward(g);
            return table.grad();
        });
        assertThat(back.reshape(-1).toFloats()).isEqualTo(sums);
    }

    @Test
    void runningSumsOfRowsAreThoseOfColumns() {
        Tensor x = Tensor.normal(rng, 0, 1, 301, 203);
        Tensor rows = same(() -> x.cumsum(1));
        assertThat(x.t().contiguous().cumsum(0).t().reshape(-1).toFloats())
                .isEqualTo(rows.reshape(-1).toFloats());
        Tensor leaf = x.clone().requiresGrad(true);
        leaf.cumsum(1).backward(rows);
        Tensor leafOfColumns = x.t().contiguous().requiresGrad(true);
        leafOfColumns.cumsum(0).backward(rows.t());
        assertThat(leafOfColumns.grad().t().reshape(-1).toFloats())
                .isEqualTo(leaf.grad().reshape(-1).toFloats());
    }

    @Test
    void windowsSeeWhatTheyShould() {
        float[] x = Tensor.normal(rng, 0, 2, 3 * 11 * 13).round().toFloats();
        x[20] = Float.NaN;
        x[21] = Float.NaN;
        x[40] = -0f;
        // Windows of each dimension: regular ones, then clipped ones at the sides, then such of no rule.
        for (int[][] spans : new int[][][] {
            {{0, 2, 4, 6, 8, 10}, {2, 4, 6, 8, 10, 12}},
            {{0, 0, 2, 4, 6, 8}, {1, 3, 5, 7, 9, 11}},
            {{0, 3, 5, 6}, {4, 8, 6, 11}},
            {{0}, {11}}
        }) {
            for (int step : new int[] {1, 2}) {
                for (int[][] lines : new int[][][] {{{0, 2, 5}, {3, 7, 11}}, {{0, 2, 4}, {2, 4, 6}}}) {
                    int[][] from = {{0}, lines[0], spans[0]};
                    int[][] to = {{1}, lines[1], spans[1]};
                    var pool = new Pool(new int[] {1, 11, 13}, from, to, new int[] {1, 1, step});
                    checkPool(pool, x, step);
                }
            }
        }
    }

    private static void checkPool(Pool pool, float[] x, int step) {
        int count = pool.from()[2].length;
        var shape = Shape.of(3, 3, count);
        var image = Shape.of(3, 11, 13);
        long[] largest = new long[9 * count];
        float[] sums = new float[9 * count];
        float[] spread = new float[x.length];
        for (int place = 0; place < largest.length; place++) {
            int plane = place / (3 * count) * 143;
            int row = place / count % 3;
            int k = place % count;
            int best = -1;
            for (int y = pool.from()[1][row]; y < pool.to()[1][row]; y++) {
                for (int w = pool.from()[2][k]; w < pool.to()[2][k]; w += step) {
                    int at = y * 13 + w;
                    float v = x[plane + at];
                    best = best < 0 || v > x[plane + best] || Float.isNaN(v) ? at : best;
                    sums[place] += v;
                    spread[plane + at] += x[place];
                }
            }
            largest[place] = best;
        }
        for (DType dtype : new DType[] {DType.F32, DType.F64}) {
            Strided in = Copy.of(Strided.of(x, DType.F32, image), dtype);
            assertThat(pool.largest(in, shape).longs()).isEqualTo(largest);
        }
        Strided in = Strided.of(x, DType.F32, image);
        assertThat(pool.sum(in, shape).floats()).isEqualTo(sums);
        Strided g = Strided.of(Arrays.copyOf(x, sums.length), DType.F32, shape);
        assertThat(pool.spread(g, image).floats()).isEqualTo(spread);
    }
}
