package adjoint.conformance;

import static adjoint.conformance.TorchTable.both;
import static adjoint.conformance.TorchTable.operator;
import static adjoint.conformance.TorchTable.unary;

import adjoint.tensor.DivRounding;
import adjoint.tensor.Tensor;

/** Element types, whole numbers and their bits. */
final class TorchTypes {
    private TorchTypes() {}

    static void define() {
        operator("floor_divide", "//");
        operator("remainder", "%");
        both("fmod(input, other)", a -> fmod(a.tensor("input"), a.get("other")));
        operator("bitwise_and", "&");
        operator("bitwise_or", "|");
        operator("bitwise_xor", "^");
        operator("bitwise_left_shift", "<<");
        operator("bitwise_right_shift", ">>");
        unary("bitwise_not", Tensor::bitwiseNot);
        unary("floor", Tensor::floor);
        unary("ceil", Tensor::ceil);
        unary("trunc", Tensor::trunc);
        unary("fix", Tensor::trunc);
        unary("frac", Tensor::frac);
        both(
                "round(input, decimals)",
                a -> a.has("decimals")
                        ? a.tensor("input").round(a.integer("decimals", 0))
                        : a.tensor("input").round());
        both("div(input, other, rounding_mode)", TorchTypes::div);
        both("divide(input, other, rounding_mode)", TorchTypes::div);
        TorchTable.define(
                "torch.result_type(tensor1, tensor2)",
                a -> new PythonRun.Path("torch."
                        + resultType(a.get("tensor1"), a.get("tensor2")).dtype()));
    }

    private static Tensor fmod(Tensor x, Object other) {
        return switch (other) {
            case Tensor y -> x.fmod(y);
            case Long n -> x.fmod(n);
            case Double n -> x.fmod(n);
            case null, default -> throw new Unsupported("fmod with " + other);
        };
    }

    private static Object div(Arguments a) {
        if (a.get("rounding_mode") == null) {
            return Torch.operation("/", a.get("input"), a.get("other"));
        }
        DivRounding mode = a.get("rounding_mode").equals("floor") ? DivRounding.FLOOR : DivRounding.TRUNC;
        Tensor x = a.tensor("input");
        return switch (a.get("other")) {
            case Tensor y -> x.div(y, mode);
            case Long n -> x.div(n, mode);
            default -> x.div(a.number("other"), mode);
        };
    }

    /** The type of a sum of the two, as an operation would have it. */
    private static Tensor resultType(Object a, Object b) {
        return (Tensor) Torch.operation("+", a, b);
    }
}
