package adjoint.tensor;

import adjoint.op.Binary;
import adjoint.op.DivMod;
import adjoint.op.Elementwise;
import adjoint.op.Integers;
import adjoint.op.Ternary;
import adjoint.op.Unary;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.Shape;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.Locale;

/** Which element type an operation on two operands works in, and the forms with numbers. PyTorch's rules. */
final class Arithmetic {
    private Arithmetic() {}

    /** The type for two tensors: a 0-d one only matters if it is of a higher category (truth, integer, real). */
    static DType common(Tensor a, Tensor b) {
        DType x = a.dtype();
        DType y = b.dtype();
        if (x == y) {
            return x;
        }
        boolean aScalar = a.shape().rank() == 0;
        boolean bScalar = b.shape().rank() == 0;
        if (aScalar != bScalar && x.category() == y.category()) {
            return aScalar ? y : x;
        }
        return DType.promote(x, y);
    }

    private static boolean divides(Binary op) {
        return switch (op) {
            case DIV, ATAN2, HYPOT, LOGADDEXP, XLOGY, COPYSIGN -> true;
            default -> false;
        };
    }

    /** The type that numbers are computed in: division of integers is real, arithmetic on truth values is integer. */
    private static DType working(Binary op, DType common) {
        if (divides(op) && !common.isFloating()) {
            return DType.F32;
        }
        return common == DType.BOOL ? DType.I64 : common;
    }

    /** A difference of truth values has no meaning; PyTorch refuses it too. */
    private static void checkDifference(Binary op, DType a, DType b) {
        if (op == Binary.SUB && (a == DType.BOOL || b == DType.BOOL)) {
            throw new DTypeException("sub: with a bool tensor: a difference of truth values has no meaning."
                    + " Use logicalXor or logicalNot, or convert with to(DType.I64).");
        }
    }

    static Tensor binary(Binary op, Tensor a, Tensor b) {
        // Small, so that it is inlined: most operands are real numbers of one type.
        return a.dtype() == b.dtype() && a.dtype().isFloating() ? Engine.run(op, a, b) : mixed(op, a, b);
    }

    private static Tensor mixed(Binary op, Tensor a, Tensor b) {
        checkDifference(op, a.dtype(), b.dtype());
        DType common = common(a, b);
        DType type = working(op, common);
        if (common == DType.BOOL && !op.op().formula().resultType(type).equals(DType.BOOL)) {
            return truth(op, a, b);
        }
        if (op == Binary.POW && type.isInteger()) {
            return integers(Integers.Function.POW, type, a, b);
        }
        return Engine.run(op, a.to(type), b.to(type));
    }

    /** On truth values + is or, · is and; − has no meaning. */
    private static Tensor truth(Binary op, Tensor a, Tensor b) {
        return switch (op) {
            case ADD, MAXIMUM -> a.logicalOr(b);
            case MUL, MINIMUM -> a.logicalAnd(b);
            case POW ->
                throw new DTypeException("pow: of two bool tensors: a power of truth values has no meaning."
                        + " Convert with to(DType.I64).");
            default -> Engine.run(op, a.to(working(op, DType.BOOL)), b.to(working(op, DType.BOOL)));
        };
    }

    private static Tensor integers(Integers.Function function, DType type, Tensor a, Tensor b) {
        var op = new Integers(function, broadcast(function.name().toLowerCase(Locale.ROOT), a, b));
        return Engine.run(op, a.to(type), b.to(type));
    }

    private static Shape broadcast(String name, Tensor a, Tensor b) {
        Shape shape = Shape.broadcast(a.shape(), b.shape());
        if (shape == null) {
            throw new ShapeException(name + ": " + a.shape() + " and " + b.shape()
                    + ": the shapes do not broadcast. Counted from"
                    + " the last, sizes must be equal or 1; reshape or unsqueeze one of them.");
        }
        return shape;
    }

    /** A number as an operand beside a tensor, of its type unless the number's category is higher. */
    static Tensor beside(Tensor x, double number) {
        return x.dtype().isFloating() ? Tensor.scalar(number, x.dtype()) : Tensor.scalar(number);
    }

    static Tensor beside(Tensor x, long number) {
        DType type = x.dtype();
        return type.isFloating()
                ? Tensor.scalar(number, type)
                : Tensor.scalar(number).to(type.isInteger() ? type : DType.I64);
    }

    /** Quotients and remainders: of integers integers, else real. */
    static Tensor divMod(DivMod.Function function, Tensor a, Tensor b) {
        DType type = common(a, b);
        if (type == DType.BOOL) {
            throw new DTypeException(function.name().toLowerCase(Locale.ROOT) + ": of two bool tensors: truth values"
                    + " are not divided. Convert with to(DType.I64).");
        }
        if (!type.isFloating()) {
            return integers(Integers.Function.valueOf(function.name()), type, a, b);
        }
        Shape shape = broadcast(function.name().toLowerCase(Locale.ROOT), a, b);
        return Engine.run(new DivMod(function, shape), a.to(type), b.to(type));
    }

    static Tensor div(Tensor a, Tensor b, DivRounding mode) {
        if (mode == DivRounding.FLOOR) {
            return divMod(DivMod.Function.FLOOR_DIVIDE, a, b);
        }
        DType type = common(a, b);
        return type.isFloating() ? a.div(b).trunc() : integers(Integers.Function.DIV, type, a, b);
    }

    /** On whole numbers the bits, on truth values the logic. */
    static Tensor bits(Integers.Function function, Tensor a, Tensor b) {
        DType type = common(a, b);
        boolean shifts = function == Integers.Function.LEFT_SHIFT || function == Integers.Function.RIGHT_SHIFT;
        if (type.isFloating() || (shifts && type == DType.BOOL)) {
            throw new DTypeException(function.name().toLowerCase(Locale.ROOT) + ": of " + a.dtype() + " and "
                    + b.dtype() + " tensors: it works on the bits of integers. Convert with to(DType.I64).");
        }
        return integers(function, type, a, b);
    }

    static Tensor bitwiseNot(Tensor x) {
        if (x.dtype() == DType.BOOL) {
            return x.logicalNot();
        }
        return bits(Integers.Function.BITWISE_XOR, x, Tensor.scalar(-1L));
    }

    /** Integers are whole already. */
    static Tensor whole(Unary op, Tensor x) {
        if (x.dtype() == DType.BOOL) {
            throw new DTypeException(op.op().opName() + ": of a bool tensor: truth values are not numbers. Convert it"
                    + " with to(DType.F32).");
        }
        return x.dtype().isFloating() ? Engine.run(op, x) : x.clone();
    }

    static Tensor frac(Tensor x) {
        if (!x.dtype().isFloating()) {
            throw new DTypeException("frac: of a " + x.dtype()
                    + " tensor: whole numbers have no fraction. Convert it with to(DType.F32).");
        }
        return Engine.run(Unary.FRAC, x);
    }

    static Tensor round(Tensor x, int decimals) {
        if (decimals == 0 || !x.dtype().isFloating()) {
            return whole(Unary.ROUND, x);
        }
        double scale = Math.pow(10, Math.abs(decimals));
        return decimals > 0
                ? x.mul(scale).round().div(scale)
                : x.div(scale).round().mul(scale);
    }

    /** Logical operations take any type: what is not zero is true. */
    static Tensor logical(Binary op, Tensor a, Tensor b) {
        return Engine.run(op, a.to(DType.BOOL), b.to(DType.BOOL));
    }

    /** Where it is kept from the edges it does not change: the derivative is 0 there. */
    static Tensor logit(Tensor x, double eps) {
        if (!(eps >= 0 && eps <= 0.5)) {
            throw new ValueException("logit: eps = " + eps + ": it keeps a probability between eps and 1 − eps."
                    + " Give a number from 0 to 0.5.");
        }
        Tensor p = x.to(x.dtype().isFloating() ? x.dtype() : DType.F32);
        Tensor low = Tensor.where(p.lt(eps), Tensor.scalar(eps, p.dtype()), p);
        return Tensor.where(p.gt(1 - eps), Tensor.scalar(1 - eps, p.dtype()), low)
                .logit();
    }

    /** {@code a + w (b − a)}. */
    static Tensor lerp(Tensor a, Tensor b, Tensor weight) {
        DType type = common(a, b);
        if (!type.isFloating()) {
            throw new DTypeException("lerp: of " + a.dtype() + ", " + b.dtype() + " and " + weight.dtype()
                    + " tensors: what lies between two whole numbers is none. Convert with to(DType.F32).");
        }
        return Engine.run(Ternary.LERP, a.to(type), b.to(type), weight.to(type));
    }

    static Tensor nanToNum(Tensor x, double nan, double positive, double negative) {
        if (!x.dtype().isFloating()) {
            return x.clone();
        }
        Tensor finite = Tensor.where(x.isNaN(), Tensor.scalar(nan, x.dtype()), x);
        finite = Tensor.where(x.eq(Double.POSITIVE_INFINITY), Tensor.scalar(positive, x.dtype()), finite);
        return Tensor.where(x.eq(Double.NEGATIVE_INFINITY), Tensor.scalar(negative, x.dtype()), finite);
    }

    static Tensor isClose(Tensor a, Tensor b, double relative, double absolute, NaNs nans) {
        Tensor distance = a.sub(b).abs();
        Tensor near = distance.isFinite()
                .logicalAnd(distance.le(b.mul(relative).abs().add(absolute)))
                .logicalOr(a.eq(b));
        return nans == NaNs.EQUAL ? near.logicalOr(a.isNaN().logicalAnd(b.isNaN())) : near;
    }

    /** A function of real numbers: integers become F32 first. */
    static Tensor real(Unary op, Tensor x) {
        return Engine.run(op, x.dtype().isFloating() ? x : x.to(DType.F32));
    }

    /** {@code x op number}. A fraction turns integers into F32. */
    static Tensor right(Binary op, Tensor x, double number) {
        checkDifference(op, x.dtype(), x.dtype());
        Tensor t = x.to(typeWith(op, x, DType.F32));
        return Engine.run(op == Binary.POW ? power(number) : op.withRight(number), t);
    }

    static Tensor right(Binary op, Tensor x, long number) {
        checkDifference(op, x.dtype(), x.dtype());
        DType type = typeWith(op, x, DType.I64);
        if (type.isInteger() && (op == Binary.POW || number != (long) (double) number)) {
            return binary(op, x, beside(x, number));
        }
        return type.isInteger() ? Engine.run(op.withRight(number), x.to(type)) : right(op, x, (double) number);
    }

    static Tensor left(Binary op, double number, Tensor x) {
        checkDifference(op, x.dtype(), x.dtype());
        return Engine.run(op.withLeft(number), x.to(typeWith(op, x, DType.F32)));
    }

    static Tensor left(Binary op, long number, Tensor x) {
        checkDifference(op, x.dtype(), x.dtype());
        DType type = typeWith(op, x, DType.I64);
        if (type.isInteger() && (op == Binary.POW || number != (long) (double) number)) {
            return binary(op, beside(x, number), x);
        }
        return Engine.run(op.withLeft(number), x.to(type));
    }

    private static DType typeWith(Binary op, Tensor x, DType number) {
        DType own = x.dtype();
        return own.isFloating() ? own : working(op, number.category() > own.category() ? number : own);
    }

    /** A fixed power; those that are a product, a root or a quotient are computed as such, as in PyTorch. */
    private static Elementwise power(double exponent) {
        if (exponent == 2) {
            return Unary.POW_2.op();
        }
        if (exponent == 3) {
            return Unary.POW_3.op();
        }
        if (exponent == 0.5) {
            return Unary.POW_HALF.op();
        }
        return exponent == -1 ? Unary.POW_MINUS_ONE.op() : Binary.POW.withRight(exponent);
    }

    static Tensor inPlace(Binary op, Tensor x, Tensor b) {
        checkDifference(op, x.dtype(), b.dtype());
        DType common = common(x, b);
        DType type = working(op, common);
        checkHolds(op, x, op == Binary.DIV ? type : common);
        if (type != x.dtype() || (op == Binary.POW && type.isInteger())) {
            Tensor result = binary(op, x, b);
            checkHolds(op, x, result.dtype());
            return Engine.assign(x, result);
        }
        return Engine.runInPlace(op, x, b.to(type));
    }

    static Tensor inPlace(Binary op, Tensor x, double number) {
        checkHolds(op, x, DType.promote(x.dtype(), DType.F32));
        return Engine.runInPlace(op == Binary.POW ? power(number) : op.withRight(number), x);
    }

    static Tensor inPlace(Binary op, Tensor x, long number) {
        if (x.dtype().isFloating()) {
            return inPlace(op, x, (double) number);
        }
        return inPlace(op, x, beside(x, number));
    }

    private static void checkHolds(Binary op, Tensor x, DType result) {
        if (result.category() > x.dtype().category()) {
            throw new DTypeException(op.op().opName() + " in place: a " + result + " result into a " + x.dtype()
                    + " tensor: it cannot hold it. Convert the tensor with to(DType." + result.name() + ") first.");
        }
    }
}
