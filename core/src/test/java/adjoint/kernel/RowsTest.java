package adjoint.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import adjoint.nn.Functional;
import adjoint.tensor.Dim;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reductions and normalisations of whole tensors: the same bits in every layout and with any number of threads. */
class RowsTest {
    private static List<double[]> results(Tensor x) {
        List<double[]> all = new ArrayList<>();
        int rank = x.shape().rank();
        all.add(x.sum().toDoubles());
        all.add(x.max().toDoubles());
        all.add(x.min().toDoubles());
        for (int d = 0; d < rank; d++) {
            all.add(x.sum(d).toDoubles());
            all.add(x.amax(d).toDoubles());
            all.add(x.argmin(d).to(DType.F64).toDoubles());
            all.add(x.softmax(d).toDoubles());
            all.add(x.logsumexp(new int[] {d}, Dim.DROP).toDoubles());
            all.add(x.norm(2, new int[] {d}, Dim.DROP).toDoubles());
            all.add(x.logSoftmax(d).toDoubles());
            all.add(x.var(1, new int[] {d}, Dim.DROP).toDoubles());
        }
        if (rank == 3) {
            all.add(x.sum(0, 2).toDoubles());
            all.add(x.sum(0, 1).toDoubles());
        }
        long n = x.size(-1);
        Tensor w = Tensor.arange(n).to(x.dtype()).div(n).requiresGrad(true);
        Tensor leaf = x.detach().clone().requiresGrad(true);
        Tensor y = Functional.layerNorm(leaf, new long[] {n}, w, w, 1e-5);
        y.backward(x);
        all.add(y.toDoubles());
        all.add(leaf.grad().toDoubles());
        all.add(w.grad().toDoubles());
        return all;
    }

    private static void same(List<double[]> a, List<double[]> b) {
        assertThat(a).hasSameSizeAs(b);
        for (int i = 0; i < a.size(); i++) {
            assertThat(a.get(i)).as("result %d", i).isEqualTo(b.get(i));
        }
    }

    private static Tensor numbers(DType dtype, long... shape) {
        long n = 1;
        for (long s : shape) {
            n *= s;
        }
        return Tensor.arange(n).to(dtype).mul(0.37).sin().reshape(shape);
    }

    @Test
    void layoutsAndThreadsDoNotMatter() {
        int before = Threads.count();
        try {
            for (DType dtype : new DType[] {DType.F32, DType.F64}) {
                for (long[] shape : new long[][] {{70_003}, {40, 2, 530}, {1100, 70}, {3, 1030, 17}, {2, 5}, {1, 1}}) {
                    Tensor x = numbers(dtype, shape);
                    Threads.count(1);
                    List<double[]> expected = results(x);
                    for (int threads : new int[] {2, 3, 8}) {
                        Threads.count(threads);
                        same(results(x), expected);
                    }
                    if (shape.length > 1) {
                        Tensor back = x.transpose(0, -1).clone().transpose(0, -1);
                        same(results(back), expected);
                    }
                }
            }
        } finally {
            Threads.count(before);
        }
    }

    @Test
    void nanIsTheExtremeAndFirst() {
        Tensor x = Tensor.zeros(3, 100);
        x.set(Float.NaN, 1, 60);
        x.set(Float.NaN, 1, 70);
        x.set(5, 2, 99);
        assertThat(x.amax(1).toDoubles()).containsExactly(0, Double.NaN, 5);
        assertThat(x.amin(1).toDoubles()).containsExactly(0, Double.NaN, 0);
        assertThat(x.argmax(1).toLongs()).containsExactly(0, 60, 99);
    }

    @Test
    void rowsFarFromZeroAreStandardisedToTheLastBits() {
        Tensor x = numbers(DType.F32, 4, 1000).add(10_000);
        double[] single = Functional.layerNorm(x, 1000).toDoubles();
        double[] exact = Functional.layerNorm(x.to(DType.F64), 1000).toDoubles();
        for (int i = 0; i < exact.length; i++) {
            assertThat(single[i]).isCloseTo(exact[i], org.assertj.core.data.Offset.offset(2e-6));
        }
    }
}
