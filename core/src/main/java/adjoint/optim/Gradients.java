package adjoint.optim;

import adjoint.autograd.Autograd;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.ValueException;
import java.util.List;
import java.util.Objects;

/** What is done to the gradients of many parameters together, between backward and an optimizer's step. */
public final class Gradients {
    /** What to do about a norm that is infinite or NaN. */
    public enum NonFinite {
        /** Scale by it all the same: gradients become 0 or NaN. */
        SCALE,
        /** Refuse it, and leave the gradients as they are. */
        REFUSE
    }

    private Gradients() {}

    /** The Euclidean norm of all gradients as one vector; 0 if there is none. */
    public static double norm(List<Tensor> parameters) {
        return norm(parameters, 2);
    }

    /**
     * The norm of all gradients as one vector. PyTorch: {@code get_total_norm}.
     *
     * @param p of what order; infinite for the largest absolute value
     */
    public static double norm(List<Tensor> parameters, double p) {
        double[] norms = Autograd.noGrad(() -> gradients(parameters).stream()
                .mapToDouble(g -> g.norm(p).item())
                .toArray());
        return norms.length == 0 ? 0 : Tensor.of(norms, DType.F64).norm(p).item();
    }

    /**
     * Scales all gradients by one factor where their Euclidean norm is larger than {@code maxNorm}. PyTorch: {@code
     * clip_grad_norm_}.
     *
     * @return the norm before
     * @throws ValueException if {@code maxNorm} is negative or NaN
     */
    public static double clipNorm(List<Tensor> parameters, double maxNorm) {
        return clipNorm(parameters, maxNorm, 2, NonFinite.SCALE);
    }

    /**
     * Scales all gradients by one factor where their norm of order {@code p} is larger than {@code maxNorm}.
     *
     * @return the norm before
     * @throws ValueException if {@code maxNorm} is negative or NaN, or the norm is to be refused; nothing is changed then
     */
    public static double clipNorm(List<Tensor> parameters, double maxNorm, double p, NonFinite nonFinite) {
        if (!(maxNorm >= 0)) {
            throw new ValueException(
                    "clipNorm: to a norm of " + maxNorm + ": no vector has one. Give a number that is not negative.");
        }
        double norm = norm(parameters, p);
        if (nonFinite == NonFinite.REFUSE && !Double.isFinite(norm)) {
            throw new ValueException(
                    "clipNorm: the gradients' norm is " + norm + ": scaled by it they would be 0 or NaN."
                            + " Look for the operation with Autograd.detectAnomaly(), or scale all the same with"
                            + " NonFinite.SCALE.");
        }
        double factor = Math.min(maxNorm / (norm + 1e-6), 1); // NaN stays NaN
        if (factor != 1) {
            Autograd.noGrad(() -> gradients(parameters).forEach(g -> g.mulInPlace(factor)));
        }
        return norm;
    }

    /**
     * Moves every element of the gradients between {@code −limit} and {@code limit}. PyTorch: {@code clip_grad_value_}.
     *
     * @throws ValueException if {@code limit} is negative or NaN
     */
    public static void clipValue(List<Tensor> parameters, double limit) {
        if (!(limit >= 0)) {
            throw new ValueException(
                    "clipValue: between ±" + limit + ": nothing lies there. Give a number that is not negative.");
        }
        Autograd.noGrad(() -> gradients(parameters).forEach(g -> g.clampInPlace(-limit, limit)));
    }

    private static List<Tensor> gradients(List<Tensor> parameters) {
        return parameters.stream().map(Tensor::grad).filter(Objects::nonNull).toList();
    }
}
