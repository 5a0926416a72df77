package adjoint.conformance;

import static adjoint.conformance.TorchTable.both;
import static adjoint.conformance.TorchTable.operator;
import static adjoint.conformance.TorchTable.unary;

import adjoint.tensor.NaNs;
import adjoint.tensor.Tensor;
import java.util.List;

/** The elementwise functions. */
final class TorchElementwise {
    private TorchElementwise() {}

    static void define() {
        arithmetic();
        comparisons();
        ofOne();
        ofTwo();
        ofThree();
    }

    private static void arithmetic() {
        for (String name : List.of("clamp", "clip")) {
            both(name + "(input, min, max)", TorchElementwise::clamp);
        }
        both("clamp_min(input, min)", a -> a.tensor("input").clampMin(a.number("min", 0)));
        both("clamp_max(input, max)", a -> a.tensor("input").clampMax(a.number("max", 0)));
        TorchTable.define(
                "Tensor.clamp_(input, min, max)",
                a -> a.tensor("input").clampInPlace(a.number("min", 0), a.number("max", 0)));
        TorchTable.define(
                "Tensor.addcmul_(input, tensor1, tensor2, value)",
                a -> a.tensor("input").addcmulInPlace(a.tensor("tensor1"), a.tensor("tensor2"), a.number("value", 1)));
        scaled("add", "+");
        scaled("sub", "-");
        scaled("subtract", "-");
        operator("mul", "*");
        operator("multiply", "*");
        operator("true_divide", "/");
        both("pow(input, exponent)", a -> Torch.operation("**", a.get("input"), a.get("exponent")));
        operator("eq", "==");
        operator("ne", "!=");
        operator("lt", "<");
        operator("le", "<=");
        operator("gt", ">");
        operator("ge", ">=");
    }

    private static void comparisons() {
        both("maximum(input, other)", a -> a.tensor("input").maximum(a.tensor("other")));
        both("minimum(input, other)", a -> a.tensor("input").minimum(a.tensor("other")));
        both("logical_and(input, other)", a -> a.tensor("input").logicalAnd(a.tensor("other")));
        both("logical_or(input, other)", a -> a.tensor("input").logicalOr(a.tensor("other")));
        both("logical_xor(input, other)", a -> a.tensor("input").logicalXor(a.tensor("other")));
        both("equal(input, other)", a -> a.tensor("input").equal(a.tensor("other")));
        TorchTable.define(
                "torch.where(condition, input, other)",
                a -> Torch.where(a.tensor("condition"), a.get("input"), a.get("other")));
    }

    private static void ofOne() {
        unary("logical_not", Tensor::logicalNot);
        unary("isnan", Tensor::isNaN);
        unary("neg", Tensor::neg);
        unary("negative", Tensor::neg);
        unary("abs", Tensor::abs);
        unary("absolute", Tensor::abs);
        unary("sign", Tensor::sign);
        unary("sgn", Tensor::sign);
        unary("exp", Tensor::exp);
        unary("expm1", Tensor::expm1);
        unary("log", Tensor::log);
        unary("log1p", Tensor::log1p);
        unary("sqrt", Tensor::sqrt);
        unary("reciprocal", Tensor::reciprocal);
        unary("square", Tensor::square);
        unary("sin", Tensor::sin);
        unary("cos", Tensor::cos);
        unary("tanh", Tensor::tanh);
        unary("sigmoid", Tensor::sigmoid);
        unary("exp2", Tensor::exp2);
        unary("log2", Tensor::log2);
        unary("log10", Tensor::log10);
        unary("rsqrt", Tensor::rsqrt);
        unary("tan", Tensor::tan);
        unary("asin", Tensor::asin);
        unary("arcsin", Tensor::asin);
        unary("acos", Tensor::acos);
        unary("arccos", Tensor::acos);
        unary("atan", Tensor::atan);
        unary("arctan", Tensor::atan);
        unary("sinh", Tensor::sinh);
        unary("cosh", Tensor::cosh);
        unary("asinh", Tensor::asinh);
        unary("acosh", Tensor::acosh);
        unary("atanh", Tensor::atanh);
        unary("erf", Tensor::erf);
        unary("erfc", Tensor::erfc);
        unary("erfinv", Tensor::erfinv);
        unary("lgamma", Tensor::lgamma);
        unary("digamma", Tensor::digamma);
        unary("i0", Tensor::i0);
        unary("sinc", Tensor::sinc);
        unary("deg2rad", Tensor::deg2rad);
        unary("rad2deg", Tensor::rad2deg);
        unary("isinf", Tensor::isInf);
        unary("isfinite", Tensor::isFinite);
        unary("signbit", Tensor::signBit);
    }

    private static void ofTwo() {
        both(
                "logit(input, eps)",
                a -> a.has("eps")
                        ? a.tensor("input").logit(a.number("eps", 0))
                        : a.tensor("input").logit());
        both("atan2(input, other)", a -> a.tensor("input").atan2(a.tensor("other")));
        both("hypot(input, other)", a -> a.tensor("input").hypot(a.tensor("other")));
        both("logaddexp(input, other)", a -> a.tensor("input").logaddexp(a.tensor("other")));
        both("fmax(input, other)", a -> a.tensor("input").fmax(a.tensor("other")));
        both("fmin(input, other)", a -> a.tensor("input").fmin(a.tensor("other")));
        both(
                "xlogy(input, other)",
                a -> a.get("other") instanceof Tensor b
                        ? a.tensor("input").xlogy(b)
                        : a.tensor("input").xlogy(a.number("other", 0)));
        both(
                "copysign(input, other)",
                a -> a.get("other") instanceof Tensor b
                        ? a.tensor("input").copysign(b)
                        : a.tensor("input").copysign(a.number("other", 0)));
    }

    private static void ofThree() {
        both(
                "lerp(input, end, weight)",
                a -> a.get("weight") instanceof Tensor w
                        ? a.tensor("input").lerp(a.tensor("end"), w)
                        : a.tensor("input").lerp(a.tensor("end"), a.number("weight", 0)));
        both(
                "addcmul(input, tensor1, tensor2, value)",
                a -> a.tensor("input").addcmul(a.tensor("tensor1"), a.tensor("tensor2"), a.number("value", 1)));
        both(
                "addcdiv(input, tensor1, tensor2, value)",
                a -> a.tensor("input").addcdiv(a.tensor("tensor1"), a.tensor("tensor2"), a.number("value", 1)));
        both(
                "isclose(input, other, rtol, atol, equal_nan)",
                a -> a.tensor("input")
                        .isClose(
                                a.tensor("other"),
                                a.number("rtol", 1e-5),
                                a.number("atol", 1e-8),
                                a.flag("equal_nan", false) ? NaNs.EQUAL : NaNs.DIFFERENT));
        both(
                "nan_to_num(input, nan, posinf, neginf)",
                a -> a.has("posinf")
                        ? a.tensor("input").nanToNum(a.number("nan", 0), a.number("posinf", 0), a.number("neginf", 0))
                        : a.tensor("input").nanToNum());
        unary("relu", Tensor::relu);
    }

    private static void scaled(String name, String operator) {
        both(name + "(input, other, alpha)", a -> {
            Object other = a.has("alpha") ? Torch.operation("*", a.get("other"), a.get("alpha")) : a.get("other");
            return Torch.operation(operator, a.get("input"), other);
        });
    }

    private static Tensor clamp(Arguments a) {
        Tensor x = a.tensor("input");
        if (!a.has("min") && !a.has("max")) {
            throw new Unwritable("clamp without a bound");
        }
        Tensor low = switch (a.get("min")) {
            case null -> x;
            case Long min -> x.clampMin(min);
            case Tensor min -> x.clampMin(min);
            default -> x.clampMin(a.number("min", 0));
        };
        return switch (a.get("max")) {
            case null -> low;
            case Long max -> low.clampMax(max);
            case Tensor max -> low.clampMax(max);
            default -> low.clampMax(a.number("max", 0));
        };
    }
}
