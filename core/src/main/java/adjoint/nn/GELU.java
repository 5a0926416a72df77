package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * {@code x Φ(x)}, with the normal distribution's Φ. Hendrycks and Gimpel, 2016.
 *
 * @param form how Φ is computed
 */
public record GELU(Form form) implements Layer {
    /** How Φ is computed. PyTorch: {@code approximate}. */
    public enum Form {
        /** With the error function. PyTorch: {@code 'none'}. */
        EXACT,
        /** With a hyperbolic tangent: {@code ½ (1 + tanh(√(2/π) (x + 0.044715 x³)))}. PyTorch: {@code 'tanh'}. */
        TANH
    }

    /** With the error function. */
    public GELU() {
        this(Form.EXACT);
    }

    @Override
    public Tensor forward(Tensor x) {
        return form == Form.TANH ? Functional.geluTanh(x) : Functional.gelu(x);
    }

    @Override
    public String toString() {
        return "GELU(approximate='" + (form == Form.TANH ? "tanh" : "none") + "')";
    }
}
