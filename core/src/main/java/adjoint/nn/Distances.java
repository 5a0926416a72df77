package adjoint.nn;

import adjoint.autograd.Autograd;
import adjoint.tensor.Dim;
import adjoint.tensor.Tensor;

/** How far vectors are from each other. */
final class Distances {
    private Distances() {}

    static Tensor normalize(Tensor x, double p, int dim, double eps) {
        return x.div(x.norm(p, new int[] {dim}, Dim.KEEP).clampMin(eps));
    }

    static Tensor cosine(Tensor a, Tensor b, int dim, double eps) {
        return direction(a, dim, eps).mul(direction(b, dim, eps)).sum(dim);
    }

    private static Tensor direction(Tensor x, int dim, double eps) {
        return x.div(atLeast(x.norm(2, new int[] {dim}, Dim.KEEP), eps));
    }

    static Tensor pairwise(Tensor a, Tensor b, double p, double eps, Dim keep) {
        return a.sub(b).add(eps).norm(p, new int[] {-1}, keep);
    }

    /** No less than {@code min}, but with the derivative that it has without this: PyTorch's clamp under no_grad. */
    static Tensor atLeast(Tensor x, double min) {
        Tensor y = x.clone();
        Autograd.noGrad(() -> y.clampInPlace(min, Double.POSITIVE_INFINITY));
        return y;
    }
}
