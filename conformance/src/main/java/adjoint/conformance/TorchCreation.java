package adjoint.conformance;

import static adjoint.conformance.TorchTable.both;

import adjoint.conformance.PythonRun.Tuple;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Tensors made, written over, and read. */
final class TorchCreation {
    private TorchCreation() {}

    static void define() {
        creation();
        inPlace();
        python();
    }

    static Tensor leaf(Arguments a, Tensor x) {
        return a.flag("requires_grad", false) ? x.requiresGrad(true) : x;
    }

    private static void creation() {
        TorchTable.define("torch.arange(start, end, step, dtype, requires_grad)", a -> leaf(a, arange(a)));
        TorchTable.define(
                "torch.zeros(*size, dtype, requires_grad)",
                a -> leaf(a, Tensor.zeros(a.dtype("dtype", DType.F32), a.sizes("size"))));
        TorchTable.define(
                "torch.ones(*size, dtype, requires_grad)",
                a -> leaf(a, Tensor.ones(a.dtype("dtype", DType.F32), a.sizes("size"))));
        TorchTable.define(
                "torch.empty(*size, dtype, requires_grad)",
                a -> leaf(a, Tensor.zeros(a.dtype("dtype", DType.F32), a.sizes("size"))));
        TorchTable.define("torch.full(size, fill_value, dtype, requires_grad)", a -> {
            DType natural = natural(a.get("fill_value"));
            return leaf(a, Tensor.full(a.dtype("dtype", natural), a.number("fill_value"), a.sizes("size")));
        });
        TorchTable.define("torch.eye(n, m, dtype, requires_grad)", a -> {
            long n = a.integer("n", 0);
            Tensor eye = a.has("m") ? Tensor.eye(n, a.integer("m", 0)) : Tensor.eye(n);
            return leaf(a, eye.to(a.dtype("dtype", DType.F32)));
        });
        TorchTable.define(
                "torch.zeros_like(input, dtype, requires_grad)",
                a -> leaf(a, Tensor.zerosLike(TorchReductions.cast(a))));
        TorchTable.define(
                "torch.ones_like(input, dtype, requires_grad)", a -> leaf(a, Tensor.onesLike(TorchReductions.cast(a))));
        TorchTable.define(
                "torch.full_like(input, fill_value, dtype, requires_grad)",
                a -> leaf(a, Tensor.fullLike(TorchReductions.cast(a), a.number("fill_value"))));
        for (String name : List.of("as_tensor(data, dtype)", "from_numpy(data, dtype)")) {
            TorchTable.define("torch." + name, a -> tensor(a.get("data"), a.dtype("dtype", null)));
        }
        TorchTable.define(
                "torch.scalar_tensor(s, dtype, requires_grad)",
                a -> leaf(a, Tensor.scalar(a.number("s"), a.dtype("dtype", DType.F32))));
        TorchTable.define(
                "torch.tensor(data, dtype, requires_grad)",
                a -> leaf(a, tensor(a.get("data"), a.dtype("dtype", null))));
    }

    private static DType natural(Object number) {
        return switch (number) {
            case Long _ -> DType.I64;
            case Boolean _ -> DType.BOOL;
            case null, default -> DType.F32;
        };
    }

    private static Tensor arange(Arguments a) {
        boolean one = !a.has("end");
        Object start = one ? (Object) 0L : a.get("start");
        Object end = one ? a.get("start") : a.get("end");
        Object step = a.has("step") ? a.get("step") : (Object) 1L;
        boolean whole = start instanceof Long && end instanceof Long && step instanceof Long;
        if (!a.has("dtype") && one && end instanceof Double d) {
            return Tensor.arange(d);
        }
        if (!a.has("dtype") && whole) {
            return Tensor.arange((Long) start, (Long) end, (Long) step);
        }
        return Tensor.arange(
                a.dtype("dtype", DType.F32),
                ((Number) start).doubleValue(),
                ((Number) end).doubleValue(),
                ((Number) step).doubleValue());
    }

    /** A tensor of nested lists of numbers or truth values. */
    static Tensor tensor(Object data, DType dtype) {
        if (data instanceof Tensor t) {
            return t.detach().clone().to(dtype == null ? t.dtype() : dtype);
        }
        List<Object> flat = PythonRun.flat(data).stream()
                .map(each -> each instanceof Tensor t ? PythonBuiltins.item(t) : each)
                .toList();
        List<Long> sizes = new ArrayList<>();
        for (Object at = data;
                at instanceof List<?> || at instanceof Tuple;
                at = Torch.items(at).isEmpty() ? null : Torch.items(at).getFirst()) {
            sizes.add((long) Torch.items(at).size());
        }
        long[] shape = sizes.stream().mapToLong(Long::longValue).toArray();
        if (flat.stream().allMatch(Boolean.class::isInstance) && !flat.isEmpty()) {
            boolean[] truths = new boolean[flat.size()];
            for (int i = 0; i < truths.length; i++) {
                truths[i] = (Boolean) flat.get(i);
            }
            return Tensor.of(truths).to(dtype == null ? DType.BOOL : dtype).reshape(shape);
        }
        if (!flat.stream().allMatch(Number.class::isInstance)) {
            throw new Unwritable("a tensor of " + PythonValues.className(data));
        }
        if (flat.stream().allMatch(Long.class::isInstance) && !flat.isEmpty()) {
            long[] whole = flat.stream().mapToLong(v -> (Long) v).toArray();
            return Tensor.of(whole).to(dtype == null ? DType.I64 : dtype).reshape(shape);
        }
        double[] real =
                flat.stream().mapToDouble(v -> ((Number) v).doubleValue()).toArray();
        return Tensor.of(real, dtype == null ? DType.F32 : dtype).reshape(shape);
    }

    private static void updates(String name, String operator) {
        TorchTable.define(
                "Tensor." + name + "(input, other)", a -> Torch.update(operator, a.tensor("input"), a.get("other")));
    }

    private static void change(String name, UnaryOperator<Tensor> body) {
        TorchTable.define("Tensor." + name + "(input)", a -> body.apply(a.tensor("input")));
        TorchTable.define("torch." + name + "(input)", a -> body.apply(a.tensor("input")));
    }

    private static void inPlace() {
        updates("add_", "+");
        updates("sub_", "-");
        updates("mul_", "*");
        updates("div_", "/");
        updates("pow_", "**");
        change("neg_", Tensor::negInPlace);
        change("abs_", Tensor::absInPlace);
        change("exp_", Tensor::expInPlace);
        change("log_", Tensor::logInPlace);
        change("sqrt_", Tensor::sqrtInPlace);
        change("tanh_", Tensor::tanhInPlace);
        change("sigmoid_", Tensor::sigmoidInPlace);
        change("relu_", Tensor::reluInPlace);
        change("zero_", Tensor::zeroInPlace);
        TorchTable.define("Tensor.fill_(input, value)", a -> a.tensor("input").fillInPlace(a.number("value", 0)));
        TorchTable.define("Tensor.copy_(input, src)", a -> a.tensor("input").copyInPlace(a.tensor("src")));
        TorchTable.define(
                "Tensor.normal_(input, mean, std)",
                a -> a.tensor("input").normalInPlace(a.number("mean", 0), a.number("std", 1)));
    }

    private static void python() {
        TorchTable.define("Tensor.item(input)", a -> PythonBuiltins.item(a.tensor("input")));
        for (String name : List.of("tolist", "numpy")) {
            TorchTable.define("Tensor." + name + "(input)", a -> PythonBuiltins.nested(a.tensor("input")));
        }
        both("numel(input)", a -> a.tensor("input").numel());
        for (String name : List.of("dim", "ndimension")) {
            TorchTable.define("Tensor." + name + "(input)", a ->
                    (long) a.tensor("input").shape().rank());
        }
        TorchTable.define(
                "Tensor.size(input, dim)",
                a -> a.has("dim")
                        ? (Object) a.tensor("input").size(a.integer("dim", 0))
                        : new Torch.Size(Torch.shape(a.tensor("input")).items()));
        TorchTable.define("torch.Size(x)", a -> new Torch.Size(Torch.items(a.get("x"))));
        TorchTable.define("torch.device(type)", a -> new Torch.Device((String) a.get("type")));
        TorchTable.define("torch.is_tensor(x)", a -> a.get("x") instanceof Tensor);
    }
}
