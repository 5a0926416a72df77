package adjoint.op;

import adjoint.codegen.Formula;
import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;

/**
 * An operation that computes each element of its result from the elements at the same place of its (broadcast)
 * operands. It is a {@link Formula}; its derivatives are derived from the formula and are elementwise again.
 */
public non-sealed interface Elementwise extends Op {

    /** What it computes. */
    Formula formula();

    /** The formula's numbers. */
    default double[] numbers() {
        return Formula.noParams();
    }

    /** A formula with its numbers, as an operation. */
    record Of(Formula formula, double[] numbers) implements Elementwise {}

    @Override
    default String opName() {
        return formula().name();
    }

    @Override
    default String gradName() {
        return formula().gradName();
    }

    @Override
    default Strided evaluate(Strided... in) {
        return formula().evaluate(numbers(), in);
    }

    /** Computes into existing memory, which may be that of an operand. */
    default void evaluateInto(Strided out, Strided... in) {
        formula().evaluateInto(out, numbers(), in);
    }

    @Override
    default long keeps(long needs) {
        return formula().keeps(needs);
    }

    @Override
    default Tensor gradient(int i, Tensor g, Saved saved) {
        Formula f = formula();
        Formula.Derived d = f.derivative(i);
        if (d.isZero()) {
            return Tensor.zerosLike(g);
        }
        if (d.isIdentity()) {
            return g;
        }
        int[] variables = d.variables();
        Tensor[] operands = new Tensor[variables.length];
        for (int k = 0; k < operands.length; k++) {
            int v = variables[k];
            operands[k] = v == f.gradient() ? g : v == f.output() ? saved.output() : saved.input(v);
        }
        return Engine.run(new Of(d.formula(), numbers()), operands);
    }
}
