package adjoint.distributions;

import adjoint.tensor.Tensor;
import adjoint.types.DType;

/** Probabilities and their logarithms. */
final class Logits {
    private Logits() {}

    /** The distance from 1 to the next number. */
    private static double epsilon(DType dtype) {
        return dtype == DType.F64 ? Math.ulp(1.0) : Math.ulp(1f);
    }

    /** Probabilities a little away from 0 and 1, so that logarithms are finite. */
    private static Tensor inside(Tensor probs) {
        double epsilon = epsilon(probs.dtype());
        return probs.clamp(epsilon, 1 - epsilon);
    }

    static Tensor ofClasses(Tensor probs) {
        return inside(probs).log();
    }

    /** log(p / (1 − p)). */
    static Tensor ofBinary(Tensor probs) {
        Tensor p = inside(probs);
        return p.log().sub(p.neg().log1p());
    }

    /** −(z·log p + (1−z)·log(1−p)) for the logit x of p, without overflow. */
    static Tensor crossEntropy(Tensor x, Tensor z) {
        return x.clampMin(0.0).sub(x.mul(z)).add(x.abs().neg().exp().log1p());
    }
}
