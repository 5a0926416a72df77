package adjoint.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowKernelTest {
    private static final int[] LENGTHS = {
        0, 1, 7, 8, 9, 31, 32, 33, 100, 511, 512, 513, 1000, 1024, 1537, 2048, 4096, 5003, 9000
    };
    private static final double[] ODD = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 0.0, 1e30
    };

    /** Everything that a kernel computes of rows of this length, as bits. */
    private static List<Object> all(RowKernel kernel, int n, double odd, boolean single) {
        var random = new Random(n);
        int room = n + 16;
        double[][] rows = new double[3][room];
        for (double[] row : rows) {
            for (int i = 0; i < room; i++) {
                row[i] = random.nextGaussian();
            }
        }
        if (n > 0 && odd != 0) {
            rows[0][3 + n / 2] = odd;
            rows[0][3 + n - 1] = odd;
        }
        Object[] x = new Object[3];
        for (int k = 0; k < 3; k++) {
            x[k] = kernel.zeros(room);
            for (int i = 0; i < room; i++) {
                kernel.set(x[k], i, rows[k][i]);
            }
        }
        List<Object> results = new ArrayList<>();
        results.add(kernel.sum(x[0], 3, n));
        results.add(kernel.products(x[0], 3, 0.3, x[1], 1, -0.7, n));
        for (boolean max : new boolean[] {true, false}) {
            double extreme = kernel.extreme(x[0], 3, n, max);
            results.add(extreme);
            results.add(kernel.find(x[0], 3, n, extreme));
        }
        results.add(kernel.find(x[0], 3, n, 1e9));
        Object[] out = new Object[9];
        for (int k = 0; k < out.length; k++) {
            out[k] = kernel.zeros(room);
        }
        kernel.scaled(x[0], 3, 0.3, 1.7, out[0], 2, n);
        kernel.weighed(x[0], 3, 0.3, 1.7, x[1], 1, null, 0, out[1], 2, n);
        kernel.weighed(x[0], 3, 0.3, 1.7, x[1], 1, x[2], 5, out[2], 2, n);
        kernel.times(x[0], 3, 0.3, x[1], 1, out[3], 2, n);
        kernel.remainder(x[0], 3, 0.3, x[1], 1, 0.1, 1.3, 0.9, out[4], 2, n);
        System.arraycopy(x[2], 0, out[5], 0, room);
        kernel.add(out[5], 2, x[0], 3, n);
        System.arraycopy(x[0], 0, out[6], 0, room);
        kernel.divide(out[6], 3, 0.3, n);
        for (int k = 7; k < 9; k++) {
            System.arraycopy(x[1], 0, out[k], 0, room);
            kernel.better(out[k], 2, x[0], 3, n, k == 7);
        }
        for (Object o : out) {
            for (int i = 0; i < room; i++) {
                double v = kernel.get(o, i);
                results.add(single ? Float.floatToIntBits((float) v) : Double.doubleToLongBits(v));
            }
        }
        return results;
    }

    private static void compare(RowKernel plain, RowKernel vectors, boolean single) {
        for (int n : LENGTHS) {
            for (double odd : ODD) {
                assertThat(all(vectors, n, odd, single)).as("%d, %s", n, odd).isEqualTo(all(plain, n, odd, single));
            }
        }
    }

    @Test
    void vectorsGiveTheSameBits() {
        if (VectorSupport.available()) {
            compare(new FloatRows(), new FloatVectorRows(), true);
            compare(new DoubleRows(), new DoubleVectorRows(), false);
        }
    }

    @Test
    void theOrderOfASumIsItsLengths() {
        for (int n : LENGTHS) {
            float[] x = new float[n];
            var random = new Random(1);
            for (int i = 0; i < n; i++) {
                x[i] = random.nextFloat();
            }
            assertThat(new FloatRows().sum(x, 0, n)).isEqualTo(reference(x, 0, n));
        }
    }

    private static float reference(float[] x, int at, int n) {
        if (n > RowKernel.BLOCK) {
            int half = RowKernel.half(n);
            return reference(x, at, half) + reference(x, at + half, n - half);
        }
        int lanes = n < RowKernel.LANES ? 1 : RowKernel.LANES;
        float[] s = new float[lanes];
        for (int i = 0; i < n; i++) {
            s[i % lanes] += x[at + i];
        }
        for (int step = lanes / 2; step > 0; step /= 2) {
            for (int l = 0; l < step; l++) {
                s[l] += s[l + step];
            }
        }
        return s[0];
    }
}
