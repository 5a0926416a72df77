package adjoint.op;

import static adjoint.op.Domain.POSITIVE;
import static adjoint.op.Domain.REAL;
import static adjoint.op.Domain.TRUTH;

import adjoint.codegen.Expr;
import adjoint.codegen.Formula;
import adjoint.codegen.Kind;
import java.util.List;
import java.util.Locale;

/** The elementwise operations of three operands, a row each: formula, where its gradient check samples them. */
public enum Ternary implements Elementwise.Row {
    /** {@code condition ? a : b}. */
    WHERE((condition, a, b) -> condition.select(a, b), TRUTH, REAL, REAL),
    /** {@code a + w (b − a)}, from the end that is nearer so that it is exact at both, as in PyTorch. */
    LERP(
            (a, b, w) -> w.lt(0.5)
                    .select(
                            a.add(w.mul(b.sub(a))),
                            b.sub(b.sub(a).mul(Expr.of(1).sub(w)))),
            REAL,
            REAL,
            REAL),
    /** {@code a · b + c}. */
    MUL_ADD((a, b, c) -> a.mul(b).add(c), REAL, REAL, REAL),
    /** As {@link Binary#BINARY_CROSS_ENTROPY_WITH_LOGITS}, where what should be 1 weighs {@code w} times as much. */
    WEIGHTED_CROSS_ENTROPY_WITH_LOGITS(
            (x, y, w) -> Expr.of(1)
                    .sub(y)
                    .mul(x)
                    .add(w.sub(1).mul(y).add(1).mul(x.neg().logaddexp(Expr.of(0)))),
            REAL,
            REAL,
            POSITIVE),
    /** {@code ½ (log v + (x − y)² / v)}: of a mean x, what was seen, and the variance v. */
    GAUSSIAN_NLL_LOSS((x, y, v) -> x.sub(y).mul(x.sub(y)).div(v).add(v.log()).mul(0.5), REAL, REAL, POSITIVE),
    /** {@code condition ? a : b} of truth values. */
    WHERE_TRUTH((condition, a, b) -> condition.and(a).or(condition.not().and(b)), TRUTH, TRUTH, TRUTH);

    private interface Definition {
        Expr apply(Expr a, Expr b, Expr c);
    }

    private final Elementwise op;
    private final List<Domain> domains;

    Ternary(Definition definition, Domain... domains) {
        String opName = name().toLowerCase(Locale.ROOT);
        this.domains = List.of(domains);
        Kind[] kinds = this.domains.stream()
                .map(domain -> domain == TRUTH ? Kind.MASK : Kind.NUMBER)
                .toArray(Kind[]::new);
        this.op = new Elementwise(
                Formula.of(opName, Op.gradName(opName), kinds, 0, v -> definition.apply(v.get(0), v.get(1), v.get(2))));
    }

    @Override
    public Elementwise op() {
        return op;
    }

    /** Where the gradient check samples the operands. */
    public List<Domain> domains() {
        return domains;
    }
}
