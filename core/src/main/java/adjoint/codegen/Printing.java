package adjoint.codegen;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes formulas as a person would: operands a, b, c, …; numbers given at the call p0, p1, …. */
final class Printing {
    private Printing() {}

    static String of(Expr e) {
        return switch (e) {
            case Expr.Input(int index, Kind _) -> index < 26 ? String.valueOf((char) ('a' + index)) : "x" + index;
            case Expr.Param(int index) -> "p" + index;
            case Expr.Const(double v) -> v == Math.rint(v) && Math.abs(v) < 1e9 ? String.valueOf((long) v) : "" + v;
            case Expr.BitsConst(long v) -> "0x" + Long.toHexString(v);
            case Expr.Call(Fn fn, List<Expr> args) -> fn.name().toLowerCase(Locale.ROOT) + list(args);
            case Expr.Apply(Lane lane, List<Expr> args) -> {
                boolean word = Character.isLetter(lane.symbol().charAt(0));
                if (word || args.size() > 2) {
                    yield lane.symbol() + list(args);
                }
                yield args.size() == 1
                        ? lane.symbol() + operand(args.get(0))
                        : operand(args.get(0)) + " " + lane.symbol() + " " + operand(args.get(1));
            }
        };
    }

    private static String list(List<Expr> args) {
        return args.stream().map(Printing::of).collect(Collectors.joining(", ", "(", ")"));
    }

    private static String operand(Expr e) {
        boolean infix = e instanceof Expr.Apply(Lane lane, List<Expr> _)
                && !Character.isLetter(lane.symbol().charAt(0));
        return infix ? "(" + of(e) + ")" : of(e);
    }
}
