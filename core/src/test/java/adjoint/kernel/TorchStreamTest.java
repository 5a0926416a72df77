package adjoint.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adjoint.types.DType;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TorchStreamTest {
    private final TorchStream stream = new TorchStream(3);

    @Test
    void onlyTheLowerHalfOfTheSeedDecidesTheNumbers() {
        var high = new TorchStream((1L << 40) + 3);
        assertThat(high.nextLong()).isEqualTo(stream.nextLong());
        assertThat(high.seed()).isEqualTo((1L << 40) + 3);
        assertThat(new TorchStream(-3).nextFloat()).isCloseTo(0.6249f, within(5e-5f));
    }

    @Test
    void aStateBringsBackAllThatFollowsAndTheCachedNormalToo() {
        stream.nextNormal(0, 1);
        var state = stream.getState();
        float[] first = mixed(stream);
        assertThat(mixed(stream)).isNotEqualTo(first);
        stream.setState(state);
        assertThat(mixed(stream)).isEqualTo(first);
        var other = new TorchStream(99);
        other.setState(state);
        assertThat(mixed(other)).isEqualTo(first);
        assertThat(other.seed()).isEqualTo(3);
    }

    @Test
    void aStateIsACopy() {
        var state = stream.getState();
        state.words()[0]++;
        Arrays.fill(stream.getState().words(), 0);
        assertThat(new TorchStream(3).nextLong()).isEqualTo(stream.nextLong());
        assertThatThrownBy(() -> stream.setState(new TorchStream.State(0, new int[3], 0, Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCopyRunsOnItsOwn() {
        stream.nextNormal(0, 1);
        var copy = stream.copy();
        float[] first = mixed(stream);
        assertThat(mixed(copy)).isEqualTo(first);
    }

    @Test
    void splittingIsDecidedByTheStateAndGivesOtherNumbers() {
        var twin = stream.copy();
        var child = stream.split();
        var secondChild = stream.split();
        assertThat(twin.split().nextLong()).isEqualTo(child.copy().nextLong());
        float[] a = mixed(child);
        assertThat(a).isNotEqualTo(mixed(secondChild)).isNotEqualTo(mixed(stream));
        float[] x = new float[4000];
        float[] y = new float[4000];
        stream.split().normal(x, 0, x.length, 0, 1);
        stream.normal(y, 0, y.length, 0, 1);
        double dot = 0;
        for (int i = 0; i < x.length; i++) {
            dot += x[i] * y[i];
        }
        assertThat(dot / x.length).isCloseTo(0, within(0.08));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 31, 32, 33, 48})
    void fillsTouchNothingOutsideTheirRange(int n) {
        float[] f = new float[n + 4];
        double[] d = new double[n + 4];
        long[] l = new long[n + 4];
        Arrays.fill(f, 7);
        Arrays.fill(d, 7);
        Arrays.fill(l, -7);
        stream.normal(f, 2, n, 0, 1);
        stream.normal(d, 2, n, 0, 1);
        stream.permutation(l, 2, n);
        assertThat(new float[] {f[0], f[1], f[n + 2], f[n + 3]}).containsOnly(7);
        assertThat(new double[] {d[0], d[1], d[n + 2], d[n + 3]}).containsOnly(7);
        assertThat(new long[] {l[0], l[1], l[n + 2], l[n + 3]}).containsOnly(-7);
        assertThat(Arrays.stream(l, 2, n + 2).sorted().toArray())
                .isEqualTo(LongStream.range(0, n).toArray());
    }

    @Test
    void aPartialBlockRedrawsItsLastSixteenAndTakesSixteenWordsMore() {
        float[] x = new float[17];
        var twin = stream.copy();
        stream.normal(x, 0, 17, 0, 1);
        for (int i = 0; i < 17 + 16; i++) {
            twin.nextInt();
        }
        assertThat(twin.nextInt()).isEqualTo(stream.nextInt());
    }

    @Test
    void normalsHaveTheirMeanAndDeviationOnBothPathsAndInBothTypes() {
        float[] f = new float[20_000];
        double[] d = new double[20_000];
        stream.normal(f, 0, f.length, 3, 2);
        assertMoments(f, 3, 2);
        stream.normalSerial(f, 0, f.length, 3, 2);
        assertMoments(f, 3, 2);
        stream.normal(d, 0, d.length, 3, 2);
        for (int i = 0; i < d.length; i++) {
            f[i] = (float) d[i];
        }
        assertMoments(f, 3, 2);
    }

    @Test
    void aZeroDeviationGivesTheMean() {
        float[] x = new float[40];
        stream.normal(x, 0, 40, 1.5, 0);
        assertThat(x).containsOnly(1.5f);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 10, (1L << 28) - 1, 1L << 28, (1L << 32) + 1, Long.MAX_VALUE})
    void integersStayInTheirRange(long range) {
        long[] x = new long[500];
        stream.integers(x, 0, 500, -5, range - 5);
        assertThat(Arrays.stream(x).boxed()).allMatch(v -> v >= -5 && v < range - 5);
    }

    @Test
    void aRangeMayBeWiderThanALong() {
        long[] x = new long[500];
        stream.integers(x, 0, 500, Long.MIN_VALUE, Long.MAX_VALUE);
        assertThat(Arrays.stream(x).boxed()).anyMatch(v -> v < -(1L << 62)).anyMatch(v -> v > 1L << 62);
        stream.integers(x, 0, 500, Long.MIN_VALUE, 5);
        assertThat(Arrays.stream(x).boxed()).allMatch(v -> v < 5);
    }

    @Test
    void narrowIntegersFillTheirType() {
        long[] x = new long[2000];
        stream.narrowIntegers(x, 0, 2000, 7);
        assertThat(Arrays.stream(x).boxed())
                .allMatch(v -> v >= 0 && v < 128)
                .contains(0L)
                .contains(127L);
    }

    @Test
    void theAlgorithmForVeryLongPermutationsPermutes() {
        long[] x = new long[100];
        stream.longPermutation(x, 0, 100);
        assertThat(Arrays.stream(x).boxed()).doesNotHaveDuplicates().allMatch(v -> v >= 0 && v < 100);
        assertThat(x).isNotEqualTo(LongStream.range(0, 100).toArray());
    }

    @Test
    void exponentialsAndBernoullisHaveTheirMeans() {
        double[] x = new double[20_000];
        stream.exponential(x, 0, x.length, 4);
        assertThat(Arrays.stream(x).boxed()).allMatch(v -> v >= 0);
        assertThat(Arrays.stream(x).average().orElseThrow()).isCloseTo(0.25, within(0.01));
        stream.bernoulli(x, 0, x.length, 0.3);
        assertThat(Arrays.stream(x).average().orElseThrow()).isCloseTo(0.3, within(0.02));
    }

    @Test
    void poissonCountsHaveTheirMeanOnBothAlgorithms() {
        for (double rate : new double[] {0, 0.5, 9.5, 10, 80, 1e6}) {
            double mean = LongStream.generate(() -> TorchSampling.poisson(stream, rate))
                    .limit(3000)
                    .average()
                    .orElseThrow();
            assertThat(mean).isCloseTo(rate, within(5 * Math.sqrt(rate / 3000)));
        }
    }

    @Test
    void logFactorialJoinsItsTwoFormsSmoothly() {
        double sum = 0;
        for (int k = 1; k < 30; k++) {
            sum += Math.log(k);
            assertThat(TorchSampling.logFactorial(k)).isCloseTo(sum, within(1e-11));
        }
    }

    @Test
    void drawingWithoutReplacementNeverRepeats() {
        long[] x = new long[5];
        for (int i = 0; i < 50; i++) {
            TorchSampling.withoutReplacement(new double[] {1, 2, 3, 4, 5}, exponentials(), DType.F64, x, 0, 5);
            assertThat(x).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
        }
        long[] three = new long[3];
        TorchSampling.withoutReplacement(new double[] {1, 0, 3, 4, 0}, exponentials(), DType.F64, three, 0, 3);
        assertThat(three).containsExactlyInAnyOrder(0, 2, 3);
    }

    private double[] exponentials() {
        double[] x = new double[5];
        stream.exponential(x, 0, 5, 1);
        return x;
    }

    /** Draws through every path that could hold state of its own. */
    private static float[] mixed(TorchStream s) {
        float[] x = new float[40];
        s.normal(x, 0, 3, 0, 1);
        s.uniform(x, 3, 2, 0, 1);
        s.normal(x, 5, 17, 0, 1);
        s.normal(x, 22, 2, 0, 1);
        s.bernoulli(x, 24, 16, 0.5);
        return x;
    }

    private static void assertMoments(float[] x, double mean, double std) {
        double sum = 0;
        double squares = 0;
        for (float v : x) {
            sum += v;
            squares += (double) v * v;
        }
        double m = sum / x.length;
        assertThat(m).isCloseTo(mean, within(0.06));
        assertThat(Math.sqrt(squares / x.length - m * m)).isCloseTo(std, within(0.06));
    }
}
