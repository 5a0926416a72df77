package adjoint.conformance;

import adjoint.autograd.Autograd;
import adjoint.conformance.PythonRun.Callable;
import adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** PyTorch's {@code torch.autograd.functional}: derivatives of a function at a place. */
final class Functional {
    private Functional() {}

    /**
     * What the function of this name returns, flattened.
     *
     * @param v the direction, or the weights of the outputs; none for jacobian and hessian
     */
    static List<Object> apply(String name, Callable function, List<Tensor> x, List<Tensor> v) {
        Function<List<Tensor>, Tensor> f = inputs -> {
            if (function.call(List.copyOf(inputs), Map.of()) instanceof Tensor y) {
                return y;
            }
            throw new Unsupported(name + " of a function of several values");
        };
        return switch (name) {
            case "jacobian" -> List.copyOf(Autograd.jacobian(f, x));
            case "hessian" -> {
                List<Object> blocks = new ArrayList<>();
                Autograd.hessian(f, x).forEach(blocks::addAll);
                yield blocks;
            }
            case "vjp" -> {
                var pullback = Autograd.vjp(f, x);
                yield with(pullback.value(), pullback.gradients().apply(v.getFirst()));
            }
            case "jvp" -> {
                var pushed = Autograd.jvp(f, x, v);
                yield with(pushed.value(), List.of(pushed.tangent()));
            }
            case "hvp" -> {
                List<Tensor> products = new ArrayList<>();
                for (int i = 0; i < x.size(); i++) {
                    int part = i;
                    products.add(Autograd.jvp(at -> Autograd.grad(f, at).get(part), x, v)
                            .tangent());
                }
                yield with(f.apply(x), products);
            }
            case "vhp" -> with(f.apply(x), Autograd.grad(at -> weighted(Autograd.grad(f, at), v), x));
            default -> throw new Unsupported("torch.autograd.functional." + name);
        };
    }

    private static Tensor weighted(List<Tensor> gradients, List<Tensor> v) {
        Tensor sum = gradients.getFirst().mul(v.getFirst()).sum();
        for (int i = 1; i < v.size(); i++) {
            sum = sum.add(gradients.get(i).mul(v.get(i)).sum());
        }
        return sum;
    }

    private static List<Object> with(Tensor value, List<Tensor> products) {
        List<Object> all = new ArrayList<>(List.of(value));
        all.addAll(products);
        return all;
    }
}
