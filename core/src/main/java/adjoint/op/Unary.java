package adjoint.op;

import static adjoint.op.Domain.NONZERO;
import static adjoint.op.Domain.POSITIVE;
import static adjoint.op.Domain.REAL;
import static adjoint.op.Domain.TRUTH;

import adjoint.codegen.Expr;
import adjoint.codegen.Formula;
import adjoint.codegen.Kind;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** The elementwise operations of one operand, a row each: formula, where its gradient check samples. */
public enum Unary implements Elementwise.Row {
    NEG(x -> x.neg(), REAL),
    ABS(x -> x.abs(), NONZERO),
    SQRT(x -> x.sqrt(), POSITIVE),
    /** The powers that are a product, a root or a quotient: computed as such, in PyTorch too. */
    POW_2(x -> x.mul(x), REAL, "PowBackward0"),
    POW_3(x -> x.mul(x).mul(x), REAL, "PowBackward0"),
    POW_HALF(x -> x.sqrt(), POSITIVE, "PowBackward0"),
    POW_MINUS_ONE(x -> Expr.of(1).div(x), NONZERO, "PowBackward0"),
    RECIPROCAL(x -> Expr.of(1).div(x), NONZERO),
    EXP(x -> x.exp(), REAL),
    EXPM1(x -> x.expm1(), REAL),
    LOG(x -> x.log(), POSITIVE),
    LOG1P(x -> x.log1p(), POSITIVE, "Log1PBackward0"),
    SIN(x -> x.sin(), REAL),
    COS(x -> x.cos(), REAL),
    TANH(x -> x.tanh(), REAL),
    SIGMOID(x -> x.sigmoid(), REAL),
    RELU(x -> x.relu(), NONZERO),
    SIGN(x -> x.gt(0).select(Expr.of(1), x.lt(0).select(Expr.of(-1), Expr.of(0))), NONZERO),
    ISNAN(x -> x.ne(x), REAL),
    LOGICAL_NOT(x -> x.not(), TRUTH);

    private final Elementwise op;
    private final Domain domain;

    Unary(UnaryOperator<Expr> definition, Domain domain) {
        this(definition, domain, null);
    }

    Unary(UnaryOperator<Expr> definition, Domain domain, String gradName) {
        Kind[] kinds = {domain == TRUTH ? Kind.MASK : Kind.NUMBER};
        String opName = name().toLowerCase(Locale.ROOT);
        this.op = new Elementwise(Formula.of(
                opName, gradName == null ? Op.gradName(opName) : gradName, kinds, 0, v -> definition.apply(v.get(0))));
        this.domain = domain;
    }

    @Override
    public Elementwise op() {
        return op;
    }

    /** Where the gradient check samples. */
    public Domain domain() {
        return domain;
    }
}
