package adjoint.autograd;

import adjoint.tensor.Engine;
import adjoint.tensor.GraphOption;
import adjoint.tensor.Randomness;
import adjoint.tensor.Tensor;
import adjoint.tensor.Transforms;
import adjoint.types.GraphException;
import adjoint.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/**
 * Recording switched on and off, gradients as values, and transforms of functions: {@code grad}, {@code vjp},
 * {@code jvp}, {@code jacobian}, {@code hessian} and {@code vmap}, which nest in any order.
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

    /**
     * Looks for where gradients go wrong, on this thread until the scope is closed: operations remember the line of the
     * program that called them; a backward pass stops at the first gradient that becomes NaN or infinite and names the
     * operation and that line, as errors about values changed in place then do. Slow. PyTorch:
     * {@code torch.autograd.detect_anomaly}.
     */
    public static AnomalyScope detectAnomaly() {
        return new AnomalyScope();
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
        Tensor[] given = given("grad", outputs, gradients);
        return Arrays.asList(
                Engine.gradients(outputs.toArray(Tensor[]::new), inputs.toArray(Tensor[]::new), given, options));
    }

    /**
     * Adds to every leaf the gradient of {@code Σ (outputᵢ · gradientᵢ).sum()}. PyTorch: {@code torch.autograd.backward}.
     *
     * @param gradients one for each output, of its shape; null (the list or an element) stands for one and is allowed
     *     for outputs of one element
     */
    public static void backward(List<Tensor> outputs, List<Tensor> gradients, GraphOption... options) {
        Engine.backward(outputs.toArray(Tensor[]::new), given("backward", outputs, gradients), null, options);
    }

    /**
     * The same, but adds to the gradients of {@code inputs} alone, leaves or not: those of all others stay as they are.
     * PyTorch: {@code backward(inputs=…)}.
     */
    public static void backward(
            List<Tensor> outputs, List<Tensor> gradients, List<Tensor> inputs, GraphOption... options) {
        Tensor[] given = given("backward", outputs, gradients);
        Engine.backward(outputs.toArray(Tensor[]::new), given, inputs.toArray(Tensor[]::new), options);
    }

    private static Tensor[] given(String name, List<Tensor> outputs, List<Tensor> gradients) {
        if (gradients != null && gradients.size() != outputs.size()) {
            throw new GraphException(name + ": " + gradients.size() + " gradients for " + outputs.size()
                    + " outputs: each output has one. Give as many, or null for all.");
        }
        return gradients == null ? null : gradients.toArray(Tensor[]::new);
    }

    // ---------------------------------------------------------------- transforms of functions

    /**
     * The function that computes the gradient of {@code f}, which maps a tensor to a single number. Transforms nest:
     * {@code vmap(grad(f))}. PyTorch: {@code torch.func.grad}.
     *
     * @throws GraphException when applied, if {@code f} does not give a single number
     */
    public static UnaryOperator<Tensor> grad(UnaryOperator<Tensor> f) {
        return x -> valueAndGrad(f, x).gradient();
    }

    /** The gradient of {@code f} at {@code x}; in its shape. */
    public static Tensor grad(UnaryOperator<Tensor> f, Tensor x) {
        return valueAndGrad(f, x).gradient();
    }

    /** The gradients of a function of several tensors at {@code x}: one for each. */
    public static List<Tensor> grad(Function<List<Tensor>, Tensor> f, List<Tensor> x) {
        return valueAndGrad(f, x).gradients();
    }

    /** The value of {@code f} at {@code x} and its gradient. PyTorch: {@code torch.func.grad_and_value}. */
    public static ValueAndGradient valueAndGrad(UnaryOperator<Tensor> f, Tensor x) {
        return valueAndGrad(several(f), List.of(x));
    }

    /** The value of a function of several tensors at {@code x} and its gradients. */
    public static ValueAndGradient valueAndGrad(Function<List<Tensor>, Tensor> f, List<Tensor> x) {
        Pullback pullback = vjp(f, x);
        Tensor y = pullback.value();
        if (y.numel() != 1) {
            throw new GraphException("grad: of a function whose value has shape " + y.shape() + ": the gradient of more"
                    + " than one number has to be chosen. Reduce it (sum(), mean()), or use vjp or jacobian.");
        }
        return new ValueAndGradient(y, pullback.gradients().apply(Tensor.onesLike(y)));
    }

    /**
     * The value of {@code f} at {@code x}, and what takes a gradient of the value to that of {@code x}: reverse mode.
     * PyTorch: {@code torch.func.vjp}.
     */
    public static Pullback vjp(UnaryOperator<Tensor> f, Tensor x) {
        return vjp(several(f), List.of(x));
    }

    /** The value of a function of several tensors, and what takes a gradient of the value to those of the arguments. */
    public static Pullback vjp(Function<List<Tensor>, Tensor> f, List<Tensor> x) {
        Transforms.Pulled pulled = Transforms.vjp(array(f), x.toArray(Tensor[]::new));
        return new Pullback(
                pulled.outputs()[0], g -> Arrays.asList(pulled.pullback().apply(new Tensor[] {g})));
    }

    /**
     * The value of {@code f} at {@code x} and how it changes along {@code v}: forward mode, in one run. PyTorch:
     * {@code torch.func.jvp}.
     *
     * @param v of the shape and type of {@code x}
     */
    public static ValueAndTangent jvp(UnaryOperator<Tensor> f, Tensor x, Tensor v) {
        return jvp(several(f), List.of(x), List.of(v));
    }

    /** The value of a function of several tensors and how it changes when each moves along its tangent. */
    public static ValueAndTangent jvp(Function<List<Tensor>, Tensor> f, List<Tensor> x, List<Tensor> v) {
        Transforms.Pushed pushed = Transforms.jvp(array(f), x.toArray(Tensor[]::new), v.toArray(Tensor[]::new));
        return new ValueAndTangent(pushed.outputs()[0], pushed.tangents()[0]);
    }

    /** The function that computes the Jacobian of {@code f}. */
    public static UnaryOperator<Tensor> jacobian(UnaryOperator<Tensor> f) {
        return x -> jacobian(f, x);
    }

    /**
     * All derivatives of {@code f} at {@code x}: {@code [y…, x…]} for {@code x} of shape {@code [x…]} and a value of shape
     * {@code [y…]}. The rows are computed all at once. PyTorch: {@code torch.func.jacrev}.
     */
    public static Tensor jacobian(UnaryOperator<Tensor> f, Tensor x) {
        return jacobian(several(f), List.of(x)).getFirst();
    }

    /** The Jacobians of a function of several tensors, one in each. */
    public static List<Tensor> jacobian(Function<List<Tensor>, Tensor> f, List<Tensor> x) {
        Transforms.Pulled pulled = Transforms.vjp(array(f), x.toArray(Tensor[]::new));
        Tensor y = pulled.outputs()[0];
        Tensor[] rows = Transforms.vmap(pulled.pullback(), new Tensor[] {basis(y)}, new int[] {0}, 0, Randomness.ERROR);
        List<Tensor> jacobians = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            jacobians.add(rows[i].reshape(joined(y.shape(), x.get(i).shape())));
        }
        return jacobians;
    }

    /** Each unit vector of a tensor's space, along a further first dimension. */
    private static Tensor basis(Tensor y) {
        return Tensor.eye(y.numel()).to(y.dtype()).reshape(joined(Shape.of(y.numel()), y.shape()));
    }

    private static long[] joined(Shape a, Shape b) {
        return LongStream.concat(Arrays.stream(a.sizes()), Arrays.stream(b.sizes()))
                .toArray();
    }

    /** The function that computes the Hessian of {@code f}, which maps a tensor to a single number. */
    public static UnaryOperator<Tensor> hessian(UnaryOperator<Tensor> f) {
        return x -> hessian(f, x);
    }

    /**
     * The second derivatives of {@code f} at {@code x}: {@code [x…, x…]}, the Jacobian of the gradient. PyTorch:
     * {@code torch.func.hessian}.
     */
    public static Tensor hessian(UnaryOperator<Tensor> f, Tensor x) {
        return jacobian(grad(f), x);
    }

    /** The second derivatives of a function of several tensors: element {@code i, j} is {@code [xᵢ…, xⱼ…]}. */
    public static List<List<Tensor>> hessian(Function<List<Tensor>, Tensor> f, List<Tensor> x) {
        List<List<Tensor>> rows = new ArrayList<>();
        for (int i = 0; i < x.size(); i++) {
            int row = i;
            rows.add(jacobian(points -> grad(f, points).get(row), x));
        }
        return rows;
    }

    /**
     * The function that runs {@code f}, written for one example, on all of them at once: those along the first dimension
     * of its argument. What {@code f} captures is the same for all. PyTorch: {@code torch.func.vmap}.
     */
    public static UnaryOperator<Tensor> vmap(UnaryOperator<Tensor> f) {
        return x -> vmap(f, Vmap.first(), x);
    }

    /** The same for a function of two tensors, both split. */
    public static BinaryOperator<Tensor> vmap(BinaryOperator<Tensor> f) {
        return (x, y) -> vmap(p -> f.apply(p.get(0), p.get(1)), Vmap.first(), List.of(x, y));
    }

    /** {@code f} on all examples of {@code x}, split and joined as said. */
    public static Tensor vmap(UnaryOperator<Tensor> f, Vmap how, Tensor x) {
        return vmap(several(f), how, List.of(x));
    }

    /** A function of several tensors on all their examples, split and joined as said. */
    public static Tensor vmap(Function<List<Tensor>, Tensor> f, Vmap how, List<Tensor> x) {
        return Transforms.vmap(array(f), x.toArray(Tensor[]::new), how.dims(x.size()), how.out(), how.randomness())[0];
    }

    /** A function of several tensors with several results on all their examples. */
    public static List<Tensor> vmapAll(Function<List<Tensor>, List<Tensor>> f, Vmap how, List<Tensor> x) {
        return Arrays.asList(Transforms.vmap(
                in -> f.apply(Arrays.asList(in)).toArray(Tensor[]::new),
                x.toArray(Tensor[]::new),
                how.dims(x.size()),
                how.out(),
                how.randomness()));
    }

    private static Function<List<Tensor>, Tensor> several(UnaryOperator<Tensor> f) {
        return x -> f.apply(x.getFirst());
    }

    private static Function<Tensor[], Tensor[]> array(Function<List<Tensor>, Tensor> f) {
        return x -> new Tensor[] {f.apply(Arrays.asList(x))};
    }
}
