package adjoint.bench.work;

import adjoint.tensor.Tensor;
import adjoint.types.DType;
import java.util.Map;

/**
 * {@code [n, k] × [k, m]}: arithmetic and nothing else, once the matrices are large.
 *
 * @param n rows of the first
 * @param k columns of the first, rows of the second
 * @param m columns of the second
 * @param dtype of both
 */
public record MatrixProduct(long n, long k, long m, DType dtype) implements Work {
    @Override
    public String name() {
        String sizes = n == k && k == m ? "" + n : n + "x" + k + "x" + m;
        return "matmul-" + sizes + (dtype == DType.F32 ? "-f32" : "-f64");
    }

    @Override
    public Cost cost() {
        double numbers = (double) n * k + (double) k * m + (double) n * m;
        return new Cost(2.0 * n * k * m, numbers * dtype.bytes(), dtype);
    }

    @Override
    public Map<String, Tensor> inputs() {
        var inputs = new Draw().normal("a", n, k).normal("b", k, m).inputs();
        inputs.replaceAll((_, tensor) -> tensor.to(dtype));
        return inputs;
    }

    @Override
    public Task ours(Map<String, Tensor> inputs) {
        Tensor a = inputs.get("a");
        Tensor b = inputs.get("b");
        return Ours.forward(() -> a.matmul(b));
    }

    @Override
    public double tolerance() {
        return dtype == DType.F32 ? 1e-5 : 1e-13;
    }
}
