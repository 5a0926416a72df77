package adjoint.codegen;

import java.util.List;

/**
 * The elementary functions that formulas may call. Each knows its derivative as a formula, and {@link Elementary}
 * knows how to compute it from exactly specified {@linkplain Lane lanes}; nothing else lists them.
 */
public enum Fn {
    EXP(1) {
        @Override
        Expr partial(int i, List<Expr> x, Expr y) {
            return y;
        }
    },
    /** {@code exp(x) − 1}, accurate near 0. */
    EXPM1(1) {
        @Override
        Expr partial(int i, List<Expr> x, Expr y) {
            return y.add(1);
        }
    },
    LOG(1) {
        @Override
        Expr partial(int i, List<Expr> x, Expr y) {
            return Expr.of(1).div(x.get(0));
        }
    },
    /** {@code log(1 + x)}, accurate near 0. */
    LOG1P(1) {
        @Override
        Expr partial(int i, List<Expr> x, Expr y) {
            return Expr.of(1).div(x.get(0).add(1));
        }
    },
    SIN(1) {
        @Override
        Expr partial(int i, List<Expr> x, Expr y) {
            return x.get(0).cos();
        }
    },
    COS(1) {
        @Override
        Expr partial(int i, List<Expr> x, Expr y) {
            return x.get(0).sin().neg();
        }
    },
    TANH(1) {
        @Override
        Expr partial(int i, List<Expr> x, Expr y) {
            return Expr.of(1).sub(y.mul(y));
        }
    },
    /** {@code 1 / (1 + exp(−x))}. */
    SIGMOID(1) {
        @Override
        Expr partial(int i, List<Expr> x, Expr y) {
            return y.mul(Expr.of(1).sub(y));
        }
    },
    /** {@code x₀} to the power {@code x₁}, with the special cases of IEEE 754's pow. */
    POW(2) {
        @Override
        Expr partial(int i, List<Expr> x, Expr y) {
            Expr base = x.get(0);
            Expr exponent = x.get(1);
            // PyTorch's conventions: x^0 is flat in x, and 0^p (p >= 0) is flat in p.
            return i == 0
                    ? exponent.eq(0).select(Expr.of(0), exponent.mul(base.pow(exponent.sub(1))))
                    : base.eq(0).and(exponent.ge(0)).select(Expr.of(0), y.mul(base.log()));
        }
    };

    private final int arity;

    Fn(int arity) {
        this.arity = arity;
    }

    /** How many arguments it takes. */
    public int arity() {
        return arity;
    }

    /** The partial derivative in argument {@code i} at {@code x}, where the function's value is {@code y}. */
    abstract Expr partial(int i, List<Expr> x, Expr y);
}
