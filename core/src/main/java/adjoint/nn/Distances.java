package adjoint.nn;

import adjoint.autograd.Autograd;
import adjoint.tensor.Dim;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import java.util.List;

/** How far vectors are from each other. */
final class Distances {
    private Distances() {}

    static Tensor normalize(Tensor x, double p, int dim, double eps) {
        return x.div(x.norm(p, new int[] {dim}, Dim.KEEP).clampMin(eps));
    }

    static Tensor cosine(Tensor a, Tensor b, int dim, double eps) {
        DType type = DType.promote(a.dtype(), b.dtype());
        List<Tensor> both = Tensor.broadcastTensors(a.to(type), b.to(type));
        return direction(both.get(0), dim, eps)
                .mul(direction(both.get(1), dim, eps))
                .sum(dim);
    }

    private static Tensor direction(Tensor x, int dim, double eps) {
        return x.div(atLeast(x.norm(2, new int[] {dim}, Dim.KEEP), eps));
    }

    static Tensor pairwise(Tensor a, Tensor b, double p, double eps, Dim keep) {
        return Engine.named(a.sub(b).add(eps).norm(p, new int[] {-1}, keep), "NormBackward1");
    }

    /** No less than {@code min}, but with the derivative that it has without this: PyTorch's clamp under no_grad. */
    static Tensor atLeast(Tensor x, double min) {
        Tensor y = x.clone();
        Autograd.noGrad(() -> y.clampInPlace(min, Double.POSITIVE_INFINITY));
        return y;
    }
}
