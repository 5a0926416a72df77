package adjoint.codegen;

import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Writes formulas as a person would: operands a, b, c, …; numbers given at the call p0, p1, …. */
final class Printing {
    private Printing() {}

    static String of(Expr e) {
        return of(e, Printing::letter);
    }

    static String letter(int operand) {
        return operand < 26 ? String.valueOf((char) ('a' + operand)) : "x" + operand;
    }

    /** As {@link #of(Expr)}, with names for the operands. */
    static String of(Expr e, IntFunction<String> names) {
        return switch (e) {
            case Expr.Input(int index, Kind _) -> names.apply(index);
            case Expr.Param(int index) -> "p" + index;
            case Expr.Const(double v) -> v == Math.rint(v) && Math.abs(v) < 1e9 ? String.valueOf((long) v) : "" + v;
            case Expr.BitsConst(long v) -> "0x" + Long.toHexString(v);
            case Expr.Call(Fn fn, List<Expr> args) -> fn.name().toLowerCase(Locale.ROOT) + list(args, names);
            case Expr.Apply(Lane lane, List<Expr> args) -> {
                boolean word = Character.isLetter(lane.symbol().charAt(0));
                if (word || args.size() > 2) {
                    yield lane.symbol() + list(args, names);
                }
                yield args.size() == 1
                        ? lane.symbol() + operand(args.get(0), names)
                        : operand(args.get(0), names) + " " + lane.symbol() + " " + operand(args.get(1), names);
            }
        };
    }

    private static String list(List<Expr> args, IntFunction<String> names) {
        return args.stream().map(e -> of(e, names)).collect(Collectors.joining(", ", "(", ")"));
    }

    private static String operand(Expr e, IntFunction<String> names) {
        boolean infix = e instanceof Expr.Apply(Lane lane, List<Expr> _)
                && !Character.isLetter(lane.symbol().charAt(0));
        return infix ? "(" + of(e, names) + ")" : of(e, names);
    }
}
