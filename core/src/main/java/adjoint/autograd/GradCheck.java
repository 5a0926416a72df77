package adjoint.autograd;

import adjoint.tensor.GraphOption;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.GraphException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Compares derivatives with central differences in float64. PyTorch: {@code gradcheck}, {@code gradgradcheck}.
 *
 * <p>A difference of step h = 1e-5·max(1, |x|) is off by O(h²) from truncation and by about 1e-16/h from rounding, so a
 * right derivative of a smooth function agrees to about 1e-9 and is accepted within {@code 1e-6·max(1, |a|, |n|)}.
 */
public final class GradCheck {
    private static final double STEP = 1e-5;
    private static final double TOLERANCE = 1e-6;

    private GradCheck() {}

    /**
     * Checks the first derivatives of {@code f} at {@code inputs}.
     *
     * @param inputs F64; their values are not changed
     * @throws GraphException naming the first element where the two differ
     */
    public static void check(Function<List<Tensor>, Tensor> f, Tensor... inputs) {
        List<Tensor> x = leaves(inputs);
        Tensor y = f.apply(x);
        Tensor weights = weights(y);
        List<Tensor> analytic = Autograd.grad(List.of(y), x, List.of(weights), GraphOption.ALLOW_UNUSED);
        compare(points -> f.apply(points).mul(weights).sum(), x, analytic, "first");
    }

    /**
     * Checks forward mode against reverse mode: how the result changes along a direction, weighed, is what the gradients
     * of the weighed result say.
     *
     * @throws GraphException if they differ by more than rounding
     */
    public static void checkForward(Function<List<Tensor>, Tensor> f, Tensor... inputs) {
        List<Tensor> x = Arrays.stream(inputs).map(Tensor::detach).toList();
        List<Tensor> v = x.stream().map(GradCheck::weights).toList();
        ValueAndTangent forward = Autograd.jvp(f, x, v);
        Pullback reverse = Autograd.vjp(f, x);
        Tensor w = weights(reverse.value());
        double along = forward.tangent().mul(w).sum().item();
        List<Tensor> gradients = reverse.gradients().apply(w);
        double back = 0;
        for (int i = 0; i < v.size(); i++) {
            back += gradients.get(i).mul(v.get(i)).sum().item();
        }
        if (!(Math.abs(along - back) <= 1e-9 * Math.max(1, Math.max(Math.abs(along), Math.abs(back))))) {
            throw new GraphException("gradient check: along a direction forward mode gives " + along + ", reverse mode "
                    + back + ". One of the rules is wrong.");
        }
    }

    /**
     * Checks batching against a loop, with every choice of inputs that hold examples. The examples are the values in their
     * order and reversed.
     *
     * @throws GraphException if they differ by more than rounding
     */
    public static void checkBatching(Function<List<Tensor>, Tensor> f, Tensor... inputs) {
        for (int chosen = 1; chosen < 1 << inputs.length; chosen++) {
            List<Tensor> given = new ArrayList<>();
            List<Tensor> first = new ArrayList<>();
            List<Tensor> second = new ArrayList<>();
            int[] dims = new int[inputs.length];
            for (int i = 0; i < inputs.length; i++) {
                Tensor x = inputs[i].detach();
                boolean batched = (chosen >> i & 1) == 1;
                Tensor other = batched ? reversed(x) : x;
                dims[i] = batched ? 0 : Vmap.NONE;
                given.add(batched ? Tensor.stack(0, x, other) : x);
                first.add(x);
                second.add(other);
            }
            Tensor loop = Tensor.stack(0, f.apply(first), f.apply(second));
            Tensor batch = Autograd.vmap(f, Vmap.in(dims), given);
            boolean same = batch.dtype() == loop.dtype()
                    && batch.shape().equals(loop.shape())
                    && batch.allClose(loop, 1e-10, 1e-12);
            if (!same) {
                throw new GraphException("gradient check: batched along " + Arrays.toString(dims) + " it gives " + batch
                        + ", a loop gives " + loop + ". The batching rule is wrong.");
            }
        }
    }

    private static Tensor reversed(Tensor x) {
        long n = x.numel();
        return n < 2
                ? x
                : x.flatten().at(Tensor.arange(n - 1, -1, -1)).reshape(x.shape().sizes());
    }

    /**
     * Checks everything that is derived of an operation: first and second derivatives against differences, forward mode
     * against reverse mode, also of the gradient, and batching against a loop, also of the gradient.
     */
    public static void checkAll(Function<List<Tensor>, Tensor> f, Tensor... inputs) {
        checkSecond(f, inputs);
        checkForward(f, inputs);
        checkBatching(f, inputs);
        Function<List<Tensor>, Tensor> gradients = points -> {
            List<Tensor> parts = new ArrayList<>();
            Tensor weights = weights(Autograd.noGrad(() -> f.apply(Arrays.asList(inputs))));
            for (Tensor g : Autograd.grad(p -> f.apply(p).mul(weights).sum(), points)) {
                parts.add(g.flatten());
            }
            return Tensor.cat(0, parts);
        };
        checkForward(gradients, inputs);
        checkBatching(gradients, inputs);
    }

    /** Checks first and second derivatives: the second are those of the first. */
    public static void checkSecond(Function<List<Tensor>, Tensor> f, Tensor... inputs) {
        check(f, inputs);
        List<Tensor> x = leaves(inputs);
        Function<List<Tensor>, Tensor> slope = points -> slope(f, points);
        Tensor s = slope.apply(x);
        List<Tensor> analytic =
                new ArrayList<>(x.stream().map(Tensor::zerosLike).toList());
        if (s.requiresGrad()) {
            List<Tensor> found = Autograd.grad(List.of(s), x, GraphOption.ALLOW_UNUSED);
            for (int i = 0; i < found.size(); i++) {
                analytic.set(i, found.get(i) == null ? analytic.get(i) : found.get(i));
            }
        }
        compare(slope, x, analytic, "second");
    }

    /** A number that weighs all first derivatives, as a function of the inputs. */
    private static Tensor slope(Function<List<Tensor>, Tensor> f, List<Tensor> points) {
        Tensor y = f.apply(points);
        List<Tensor> first = Autograd.grad(
                List.of(y), points, List.of(weights(y)), GraphOption.CREATE_GRAPH, GraphOption.ALLOW_UNUSED);
        Tensor sum = Tensor.scalar(0, DType.F64);
        for (Tensor g : first) {
            if (g != null) {
                sum = sum.add(g.mul(weights(g)).sum());
            }
        }
        return sum;
    }

    /** Fixed uneven weights, so that errors in different elements do not cancel. */
    private static Tensor weights(Tensor y) {
        double[] w = new double[(int) y.numel()];
        for (int i = 0; i < w.length; i++) {
            w[i] = 0.5 + (i * 0.6180339887498949) % 1;
        }
        return Tensor.of((Object) w, DType.F64).reshape(y.shape().sizes());
    }

    private static List<Tensor> leaves(Tensor... inputs) {
        return Arrays.stream(inputs)
                .map(t -> {
                    if (t.dtype() != DType.F64) {
                        throw new DTypeException("gradient check: on a " + t.dtype()
                                + " tensor: differences need float64. Convert it with to(DType.F64).");
                    }
                    // The layout is kept: strided and expanded inputs are cases of their own.
                    return t.detach().requiresGrad(true);
                })
                .toList();
    }

    private static void compare(Function<List<Tensor>, Tensor> f, List<Tensor> x, List<Tensor> analytic, String order) {
        for (int i = 0; i < x.size(); i++) {
            double[] base = x.get(i).toDoubles();
            double[] slope = analytic.get(i) == null
                    ? new double[base.length]
                    : analytic.get(i).toDoubles();
            for (int k = 0; k < base.length; k++) {
                double h = STEP * Math.max(1, Math.abs(base[k]));
                double up = value(f, x, i, base, k, base[k] + h);
                double down = value(f, x, i, base, k, base[k] - h);
                double numeric = (up - down) / ((base[k] + h) - (base[k] - h));
                double allowed = TOLERANCE * Math.max(1, Math.max(Math.abs(slope[k]), Math.abs(numeric)));
                if (!(Math.abs(slope[k] - numeric) <= allowed)) {
                    throw new GraphException("gradient check: the " + order + " derivative in element " + k
                            + " of input " + (i + 1) + " (value " + base[k] + ") is " + slope[k]
                            + ", differences give " + numeric + ". The rule is wrong, or the point is at a kink.");
                }
            }
        }
    }

    private static double value(
            Function<List<Tensor>, Tensor> f, List<Tensor> x, int i, double[] base, int k, double moved) {
        double[] values = base.clone();
        values[k] = moved;
        List<Tensor> points = new ArrayList<>(x);
        Tensor at = Tensor.of((Object) values, DType.F64);
        points.set(i, at.reshape(x.get(i).shape().sizes()).requiresGrad(true));
        return f.apply(points).item();
    }
}
