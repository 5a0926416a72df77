package adjoint.op;

import adjoint.codegen.ElementaryAccuracy;
import adjoint.codegen.Expr;
import adjoint.codegen.Fn;
import adjoint.codegen.Kind;
import adjoint.codegen.Lane;
import java.util.List;

/** For tests: a formula's value by Java's own arithmetic, one element at a time; truth values are 0 and 1. */
final class Reference {
    private Reference() {}

    static double value(Expr e, double[] inputs, double[] numbers) {
        return switch (e) {
            case Expr.Input(int i, Kind _) -> inputs[i];
            case Expr.Param(int i) -> numbers[i];
            case Expr.Const(double v) -> v;
            case Expr.BitsConst _ -> throw new AssertionError("bits in an operation's own formula");
            case Expr.Apply(Lane lane, List<Expr> args) -> lane(lane, values(args, inputs, numbers));
            case Expr.Call(Fn fn, List<Expr> args) -> call(fn, values(args, inputs, numbers));
        };
    }

    private static double[] values(List<Expr> args, double[] inputs, double[] numbers) {
        return args.stream().mapToDouble(a -> value(a, inputs, numbers)).toArray();
    }

    private static double lane(Lane lane, double... x) {
        return switch (lane) {
            case NEG -> -x[0];
            case ABS -> Math.abs(x[0]);
            case SQRT -> Math.sqrt(x[0]);
            case ADD -> x[0] + x[1];
            case SUB -> x[0] - x[1];
            case MUL -> x[0] * x[1];
            case DIV -> x[0] / x[1];
            case FMA -> Math.fma(x[0], x[1], x[2]);
            case MIN -> Math.min(x[0], x[1]);
            case MAX -> Math.max(x[0], x[1]);
            case LT -> truth(x[0] < x[1]);
            case LE -> truth(x[0] <= x[1]);
            case EQ -> truth(x[0] == x[1]);
            case NOT -> 1 - x[0];
            case AND -> x[0] * x[1];
            case OR -> Math.max(x[0], x[1]);
            case XOR -> truth(x[0] != x[1]);
            case SELECT -> x[0] != 0 ? x[1] : x[2];
            default -> throw new AssertionError(lane + " in an operation's own formula");
        };
    }

    private static double call(Fn fn, double... x) {
        return switch (fn) {
            case EXP -> Math.exp(x[0]);
            case EXPM1 -> Math.expm1(x[0]);
            case LOG -> Math.log(x[0]);
            case LOG1P -> Math.log1p(x[0]);
            case SIN -> Math.sin(x[0]);
            case COS -> Math.cos(x[0]);
            case TANH -> Math.tanh(x[0]);
            case SIGMOID -> 1 / (1 + Math.exp(-x[0]));
            case POW -> Math.pow(x[0], x[1]);
            case TAN -> Math.tan(x[0]);
            case ASIN -> Math.asin(x[0]);
            case ACOS -> Math.acos(x[0]);
            case ATAN -> Math.atan(x[0]);
            case ATAN2 -> Math.atan2(x[0], x[1]);
            case SINH -> Math.sinh(x[0]);
            case COSH -> Math.cosh(x[0]);
            case CBRT -> Math.cbrt(x[0]);
            case HYPOT -> Math.hypot(x[0], x[1]);
            case LOG10 -> Math.log10(x[0]);
            case COPYSIGN -> Math.copySign(x[0], x[1]);
            // What Java has no function for: ElementaryTest compares these with their true values.
            default -> ElementaryAccuracy.value(fn, x);
        };
    }

    private static double truth(boolean b) {
        return b ? 1 : 0;
    }
}
