package adjoint.nn;

import adjoint.autograd.Autograd;
import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;

/** Initial values of parameters, drawn as PyTorch's {@code torch.nn.init} draws them. */
final class Init {
    private Init() {}

    /** Uniform numbers of [−bound, bound). */
    static void uniform(Tensor t, Rng rng, double bound) {
        Autograd.noGrad(() -> {
            t.uniformInPlace(rng, -bound, bound);
        });
    }

    /**
     * The bound of Kaiming's uniform rule with leaky-relu slope √5, which PyTorch's layers use by default: it comes to
     * 1/√fanIn. He et al., "Delving Deep into Rectifiers", 2015.
     */
    static double kaimingBound(long fanIn) {
        double gain = Math.sqrt(2.0 / (1 + Math.sqrt(5) * Math.sqrt(5)));
        return Math.sqrt(3.0) * (gain / Math.sqrt((double) fanIn));
    }
}
