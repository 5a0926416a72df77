package adjoint.nn;

import adjoint.tensor.Dim;
import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.ValueException;

/** Random classes that gradients flow through. */
final class GumbelSoftmax {
    private GumbelSoftmax() {}

    /** The softmax of the logits with Gumbel noise: of a small temperature, nearly one class alone. */
    static Tensor soft(Tensor logits, double temperature, int dim, Rng rng) {
        if (!(temperature > 0)) {
            throw new ValueException("gumbelSoftmax with temperature " + temperature
                    + ": it is positive, and the smaller the sharper. Give one above 0.");
        }
        Tensor noise = Tensor.zerosLike(logits.detach())
                .exponentialInPlace(rng, 1)
                .log()
                .neg();
        return logits.add(noise).div(temperature).softmax(dim);
    }

    /** One class alone; the gradient is that of the softmax. */
    static Tensor hard(Tensor logits, double temperature, int dim, Rng rng) {
        Tensor soft = soft(logits, temperature, dim, rng);
        Tensor chosen =
                Tensor.zerosLike(soft.detach()).scatter(dim, soft.detach().argmax(dim, Dim.KEEP), 1.0);
        return chosen.sub(soft.detach()).add(soft);
    }
}
