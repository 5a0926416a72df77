package adjoint.op;

import adjoint.codegen.Formula;
import adjoint.codegen.Kind;
import adjoint.kernel.Copy;
import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.AdjointException;
import adjoint.types.DType;
import adjoint.types.IndexException;
import adjoint.types.ValueException;

/**
 * Refuses numbers outside of a range. As an operation, so that it works under every transform; the result, true
 * everywhere, is of no further use.
 *
 * @param asked what was asked, for the message
 * @param from the least number
 * @param to the largest number
 * @param advice why it cannot be, and what to do
 */
public record InRange(String asked, What what, double from, double to, String advice) implements DiscreteOp {
    /** What the numbers are. */
    public enum What {
        /** Any quantity: a {@link ValueException} is thrown. */
        VALUE,
        /** A position: an {@link IndexException} is thrown. */
        POSITION
    }

    private static final Formula WITHIN = Formula.of(
            "in_range",
            "InRangeBackward0",
            new Kind[] {Kind.NUMBER},
            2,
            v -> v.get(0).ge(v.get(1)).and(v.get(0).le(v.get(2))));

    @Override
    public String opName() {
        return "in_range";
    }

    @Override
    public Strided evaluate(Strided... in) {
        Strided within = WITHIN.evaluate(new double[] {from, to}, in);
        boolean[] answers = within.booleans();
        for (int i = 0; i < answers.length; i++) {
            if (!answers[i]) {
                throw refusal(Copy.of(in[0], DType.F64).doubles()[i], in[0].dtype());
            }
        }
        return within;
    }

    private AdjointException refusal(double found, DType dtype) {
        String number = dtype.isFloating() ? String.valueOf(found) : String.valueOf((long) found);
        String message = asked + " " + number + ": " + advice;
        return what == What.POSITION ? new IndexException(message) : new ValueException(message);
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        return Engine.run(this, in);
    }
}
