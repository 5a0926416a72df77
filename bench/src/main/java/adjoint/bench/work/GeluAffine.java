package adjoint.bench.work;

import adjoint.nn.Functional;
import adjoint.tensor.Tensor;
import java.util.Map;

/**
 * {@code gelu(x·w + b)}, element by element, of n numbers each: three operations as a user writes them, each of which may
 * be a pass over memory.
 *
 * @param n how many numbers
 * @param pass forward, or backward to x, w and b too
 */
public record GeluAffine(long n, Pass pass) implements Work {
    @Override
    public String name() {
        return "gelu-" + Works.power(n) + pass.suffix;
    }

    /** Forward the function, a product, a sum, and gelu's own two products; backward its density, six and three. */
    @Override
    public Cost cost() {
        double forward = Cost.FUNCTION + 4;
        return pass == Pass.FORWARD
                ? Cost.floats(forward * n, 4.0 * n)
                : Cost.floats((forward + Cost.FUNCTION + 7) * n, 8.0 * n);
    }

    @Override
    public Map<String, Tensor> inputs() {
        return new Draw()
                .normal("x", n)
                .normal("w", n)
                .normal("b", n)
                .normal("gradient", n)
                .inputs();
    }

    @Override
    public Task ours(Map<String, Tensor> inputs) {
        Tensor x = Ours.leaf(inputs, "x", pass);
        Tensor w = Ours.leaf(inputs, "w", pass);
        Tensor b = Ours.leaf(inputs, "b", pass);
        return Ours.of(pass, inputs, () -> Functional.gelu(x.mul(w).add(b)), x, w, b);
    }
}
