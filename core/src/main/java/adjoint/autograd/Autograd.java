package adjoint.autograd;

import adjoint.tensor.Engine;
import adjoint.tensor.GraphOption;
import adjoint.tensor.Tensor;
import adjoint.types.GraphException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Recording switched on and off, and gradients as values.
 *
 * <pre>{@code
 * try (var _ = Autograd.noGrad()) {
 *     w.subInPlace(w.grad().mul(0.03));
 * }
 * }</pre>
 */
public final class Autograd {
    private Autograd() {}

    /** Stops recording on this thread until the scope is closed. PyTorch: {@code with torch.no_grad()}. */
    public static GradScope noGrad() {
        return new GradScope(false);
    }

    /** Records on this thread until the scope is closed, also inside {@link #noGrad()}. */
    public static GradScope enableGrad() {
        return new GradScope(true);
    }

    /** Runs {@code body} without recording. */
    public static void noGrad(Runnable body) {
        try (var _ = noGrad()) {
            body.run();
        }
    }

    /** What {@code body} computes, without recording. */
    public static <T> T noGrad(Supplier<T> body) {
        try (var _ = noGrad()) {
            return body.get();
        }
    }

    /** Runs {@code body} with recording. */
    public static void enableGrad(Runnable body) {
        try (var _ = enableGrad()) {
            body.run();
        }
    }

    /** What {@code body} computes, with recording. */
    public static <T> T enableGrad(Supplier<T> body) {
        try (var _ = enableGrad()) {
            return body.get();
        }
    }

    /** Whether this thread records. PyTorch: {@code torch.is_grad_enabled()}. */
    public static boolean isGradEnabled() {
        return Engine.isRecording();
    }

    /**
     * The gradient of a single number in one tensor; no leaf's {@code grad()} changes. PyTorch:
     * {@code torch.autograd.grad}.
     *
     * @return of the shape of {@code input}
     * @throws GraphException if {@code output} does not depend on {@code input}
     */
    public static Tensor grad(Tensor output, Tensor input, GraphOption... options) {
        return grad(List.of(output), List.of(input), null, options).getFirst();
    }

    /** The gradients of a single number in several tensors. */
    public static List<Tensor> grad(Tensor output, List<Tensor> inputs, GraphOption... options) {
        return grad(List.of(output), inputs, null, options);
    }

    /** The gradients of the sum of several single numbers in several tensors. */
    public static List<Tensor> grad(List<Tensor> outputs, List<Tensor> inputs, GraphOption... options) {
        return grad(outputs, inputs, null, options);
    }

    /**
     * The gradients of {@code Σ (outputᵢ · gradientᵢ).sum()} in several tensors.
     *
     * @param gradients one for each output, of its shape; null (the list or an element) stands for one and is allowed
     *     for outputs of one element
     * @return one for each input, of its shape; null for one the outputs do not depend on, with
     *     {@link GraphOption#ALLOW_UNUSED}
     * @throws GraphException if the outputs do not depend on an input, or an input does not require grad
     */
    public static List<Tensor> grad(
            List<Tensor> outputs, List<Tensor> inputs, List<Tensor> gradients, GraphOption... options) {
        if (gradients != null && gradients.size() != outputs.size()) {
            throw new GraphException("grad: " + gradients.size() + " gradients for " + outputs.size()
                    + " outputs: each output has one. Give as many, or null for all.");
        }
        Tensor[] given = gradients == null ? null : gradients.toArray(Tensor[]::new);
        return Arrays.asList(
                Engine.gradients(outputs.toArray(Tensor[]::new), inputs.toArray(Tensor[]::new), given, options));
    }
}
