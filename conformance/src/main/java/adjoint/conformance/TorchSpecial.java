package adjoint.conformance;

import static adjoint.conformance.TorchTable.both;
import static adjoint.conformance.TorchTable.unary;

import adjoint.conformance.PythonRun.Tuple;
import adjoint.tensor.NaNs;
import adjoint.tensor.Special;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import java.util.List;
import java.util.function.UnaryOperator;

/** PyTorch's special functions, integrals, and other functions that belong to no larger theme. */
final class TorchSpecial {
    private TorchSpecial() {}

    static void define() {
        special();
        various();
        integrals();
        likeAnother();
    }

    private static void special(String name, UnaryOperator<Tensor> body) {
        TorchTable.define("torch.special." + name + "(input)", a -> body.apply(a.tensor("input")));
    }

    private static void special() {
        special("digamma", Tensor::digamma);
        special("psi", Tensor::digamma);
        special("gammaln", Tensor::lgamma);
        special("erf", Tensor::erf);
        special("erfc", Tensor::erfc);
        special("erfinv", Tensor::erfinv);
        special("exp2", Tensor::exp2);
        special("expit", Tensor::sigmoid);
        special("expm1", Tensor::expm1);
        special("log1p", Tensor::log1p);
        special("sinc", Tensor::sinc);
        special("i0", Tensor::i0);
        special("i1", Tensor::i1);
        special("i0e", Special::i0e);
        special("i1e", Special::i1e);
        special("entr", Special::entr);
        special("ndtr", Special::ndtr);
        TorchTable.define(
                "torch.special.xlog1py(input, other)", a -> Special.xlog1py(a.tensor("input"), a.tensor("other")));
        for (String name : List.of("logit", "round", "xlogy", "logsumexp", "softmax", "log_softmax")) {
            var same = TorchTable.FUNCTIONS.get("torch." + name);
            if (same != null) {
                TorchTable.FUNCTIONS.put("torch.special." + name, same);
            }
        }
    }

    private static void various() {
        both("logaddexp2(input, other)", a -> a.tensor("input").logaddexp2(a.tensor("other")));
        both("gcd(input, other)", a -> a.tensor("input").gcd(a.tensor("other")));
        both("lcm(input, other)", a -> a.tensor("input").lcm(a.tensor("other")));
        both(
                "allclose(input, other, rtol, atol, equal_nan)",
                a -> a.tensor("input")
                                .isClose(
                                        a.tensor("other"),
                                        a.number("rtol", 1e-5),
                                        a.number("atol", 1e-8),
                                        a.flag("equal_nan", false) ? NaNs.EQUAL : NaNs.DIFFERENT)
                                .all()
                                .item()
                        != 0);
        unary("positive", x -> x);
        unary("msort", x -> x.sort(0).values());
        both("aminmax(input, dim, keepdim)", a -> {
            Tensor x = a.tensor("input");
            return new Tuple(
                    List.of(x.amin(a.dims("dim"), a.keep("keepdim")), x.amax(a.dims("dim"), a.keep("keepdim"))),
                    "aminmax");
        });
        for (String name : List.of("torch.pdist", "F.pdist")) {
            TorchTable.define(name + "(input, p)", a -> a.tensor("input").pdist(a.number("p", 2)));
        }
        both(
                "renorm(input, p, dim, maxnorm)",
                a -> a.tensor("input").renorm(a.number("p"), a.integer("dim", 0), a.number("maxnorm")));
        TorchTable.define(
                "torch.chain_matmul(*matrices)",
                a -> Tensor.multiDot(a.tensors("matrices").toArray(Tensor[]::new)));
        both("nanquantile(input, q, dim, keepdim)", a -> {
            Tensor x = a.has("dim") ? a.tensor("input") : a.tensor("input").flatten();
            int dim = a.integer("dim", 0);
            return a.get("q") instanceof Tensor q
                    ? x.nanquantile(q, dim, a.keep("keepdim"))
                    : x.nanquantile(a.number("q", 0), dim, a.keep("keepdim"));
        });
    }

    private static void integrals() {
        for (String name : List.of("trapezoid", "trapz")) {
            TorchTable.define(
                    "torch." + name + "(y, x, dx, dim)",
                    a -> a.has("x")
                            ? a.tensor("y").trapezoid(a.tensor("x"), a.integer("dim", -1))
                            : a.tensor("y").trapezoid(a.number("dx", 1), a.integer("dim", -1)));
        }
        TorchTable.define(
                "torch.cumulative_trapezoid(y, x, dx, dim)",
                a -> a.has("x")
                        ? a.tensor("y").cumulativeTrapezoid(a.tensor("x"), a.integer("dim", -1))
                        : a.tensor("y").cumulativeTrapezoid(a.number("dx", 1), a.integer("dim", -1)));
    }

    private static void likeAnother() {
        for (String name : List.of("new_zeros", "new_empty")) {
            TorchTable.define(
                    "Tensor." + name + "(input, *size, dtype, requires_grad)",
                    a -> TorchCreation.leaf(a, Tensor.zeros(type(a), a.sizes("size"))));
        }
        TorchTable.define(
                "Tensor.new_ones(input, *size, dtype, requires_grad)",
                a -> TorchCreation.leaf(a, Tensor.ones(type(a), a.sizes("size"))));
        TorchTable.define(
                "Tensor.new_full(input, size, fill_value, dtype, requires_grad)",
                a -> TorchCreation.leaf(a, Tensor.full(type(a), a.number("fill_value"), a.sizes("size"))));
        TorchTable.define(
                "Tensor.new_tensor(input, data, dtype, requires_grad)",
                a -> TorchCreation.leaf(a, TorchCreation.tensor(a.get("data"), type(a))));
    }

    private static DType type(Arguments a) {
        return a.dtype("dtype", a.tensor("input").dtype());
    }
}
