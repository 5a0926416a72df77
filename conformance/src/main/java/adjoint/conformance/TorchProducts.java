package adjoint.conformance;

import static adjoint.conformance.TorchTable.both;

import adjoint.nn.Functional;
import adjoint.tensor.Tensor;
import java.util.List;

/** Products of vectors, matrices and batches of them. */
final class TorchProducts {
    private TorchProducts() {}

    static void define() {
        both("matmul(input, other)", a -> a.tensor("input").matmul(a.tensor("other")));
        both("dot(input, tensor)", a -> a.tensor("input").dot(a.tensor("tensor")));
        both("vdot(input, other)", a -> a.tensor("input").dot(a.tensor("other")));
        both("mm(input, mat2)", a -> a.tensor("input").mm(a.tensor("mat2")));
        both("mv(input, vec)", a -> a.tensor("input").mv(a.tensor("vec")));
        both("bmm(input, mat2)", a -> a.tensor("input").bmm(a.tensor("mat2")));
        added("addmm", "mat1", "mat2", Tensor::addmm);
        added("addmv", "mat", "vec", Tensor::addmv);
        added("addr", "vec1", "vec2", Tensor::addr);
        added("addbmm", "batch1", "batch2", Tensor::addbmm);
        added("baddbmm", "batch1", "batch2", Tensor::baddbmm);
        both("outer(input, vec2)", a -> a.tensor("input").outer(a.tensor("vec2")));
        both("ger(input, vec2)", a -> a.tensor("input").outer(a.tensor("vec2")));
        both("inner(input, other)", a -> a.tensor("input").inner(a.tensor("other")));
        both("kron(input, other)", a -> a.tensor("input").kron(a.tensor("other")));
        both("cross(input, other, dim)", a -> a.tensor("input").cross(a.tensor("other"), a.integer("dim", -1)));
        both("trace(input)", a -> a.tensor("input").trace());
        both("dist(input, other, p)", a -> a.tensor("input").dist(a.tensor("other"), a.number("p", 2)));
        TorchTable.define(
                "torch.einsum(equation, *operands)",
                a -> Tensor.einsum(
                        (String) a.get("equation"), a.tensors("operands").toArray(Tensor[]::new)));
        TorchTable.define("torch.tensordot(a, b, dims)", a -> {
            if (a.get("dims") instanceof Long count) {
                return a.tensor("a").tensordot(a.tensor("b"), Math.toIntExact(count));
            }
            List<Object> dims = Torch.items(a.get("dims"));
            return a.tensor("a").tensordot(a.tensor("b"), ints(dims.get(0)), ints(dims.get(1)));
        });
        TorchTable.define(
                "F.linear(input, weight, bias)",
                a -> Functional.linear(a.tensor("input"), a.tensor("weight"), a.has("bias") ? a.tensor("bias") : null));
    }

    private static int[] ints(Object list) {
        return Torch.items(list).stream()
                .mapToInt(v -> Math.toIntExact((Long) v))
                .toArray();
    }

    /** A product added to a tensor. */
    @FunctionalInterface
    private interface Added {
        Tensor of(Tensor x, Tensor a, Tensor b, double beta, double alpha);
    }

    private static void added(String name, String left, String right, Added body) {
        both(
                name + "(input, " + left + ", " + right + ", beta, alpha)",
                a -> body.of(
                        a.tensor("input"), a.tensor(left), a.tensor(right), a.number("beta", 1), a.number("alpha", 1)));
    }
}
