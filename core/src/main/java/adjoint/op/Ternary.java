package adjoint.op;

import adjoint.codegen.Expr;
import adjoint.codegen.Formula;
import adjoint.codegen.Kind;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The elementwise operations of three operands. */
public enum Ternary implements Elementwise.Row {
    /** {@code condition ? a : b}. */
    WHERE(v -> v.get(0).select(v.get(1), v.get(2)), Kind.MASK, Kind.NUMBER, Kind.NUMBER),
    /** {@code a + w (b − a)}, from the end that is nearer so that it is exact at both, as in PyTorch. */
    LERP(
            v -> v.get(2)
                    .lt(0.5)
                    .select(
                            v.get(0).add(v.get(2).mul(v.get(1).sub(v.get(0)))),
                            v.get(1).sub(v.get(1).sub(v.get(0)).mul(Expr.of(1).sub(v.get(2))))),
            Kind.NUMBER,
            Kind.NUMBER,
            Kind.NUMBER),
    /** {@code condition ? a : b} of truth values. */
    WHERE_TRUTH(v -> v.get(0).and(v.get(1)).or(v.get(0).not().and(v.get(2))), Kind.MASK, Kind.MASK, Kind.MASK);

    private final Elementwise op;

    Ternary(Function<List<Expr>, Expr> definition, Kind... kinds) {
        String opName = name().toLowerCase(Locale.ROOT);
        this.op = new Elementwise(Formula.of(opName, Op.gradName(opName), kinds, 0, definition));
    }

    @Override
    public Elementwise op() {
        return op;
    }
}
