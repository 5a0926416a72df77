package adjoint.op;

import adjoint.codegen.Formula;
import adjoint.codegen.Loop;
import adjoint.kernel.PartLoop;
import adjoint.kernel.Reduce;
import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.Shape;
import java.util.Arrays;

/**
 * An operation that computes each element of its result from the elements at the same place of its (broadcast)
 * operands. It is a {@link Formula} with its numbers; its derivatives are derived from the formula and are elementwise
 * again. One class for all of them: small operations are then called directly, not through an interface.
 */
public final class Elementwise implements Op {
    private final Formula formula;
    private final double[] numbers;

    /** A formula with its numbers. */
    public Elementwise(Formula formula, double... numbers) {
        this.formula = formula;
        this.numbers = numbers;
    }

    /** A row of the tables of elementwise operations. */
    public sealed interface Row permits Unary, Binary, Ternary {
        /** The operation that the row declares. */
        Elementwise op();
    }

    /** What it computes. */
    public Formula formula() {
        return formula;
    }

    /** The numbers that it gives the formula. */
    double[] numbers() {
        return numbers.clone();
    }

    @Override
    public String opName() {
        return formula.name();
    }

    @Override
    public String gradName() {
        return formula.gradName();
    }

    @Override
    public Strided evaluate(Strided... in) {
        return formula.evaluate(numbers, in);
    }

    /** This function of one operand over parts of arrays, which kernels run as they need it. */
    PartLoop over(DType numbers) {
        Loop loop = formula.over(numbers);
        return (x, at, out, outAt, n) ->
                loop.run(new Object[] {out, x}, new int[] {outAt, at}, new int[] {1, 1}, this.numbers, n);
    }

    /** Computes it of one short dense operand; null where it is not that simple. */
    public Strided evaluateShort(Strided a) {
        return formula.evaluateShort(numbers, a);
    }

    /** Computes it of two short dense operands; null where they are not that simple. */
    public Strided evaluateShort(Strided a, Strided b) {
        return formula.evaluateShort(numbers, a, b);
    }

    /** The sum of what it computes of row-major operands of one shape, which is never there as a whole. */
    Strided sum(Strided... in) {
        DType dtype = in[0].dtype();
        Loop loop = formula.over(dtype);
        int[] steps = new int[in.length + 1];
        Arrays.fill(steps, 1);
        return Reduce.sumOf(dtype, in[0].numel(), (from, n, into) -> {
            Object[] arrays = new Object[steps.length];
            int[] offsets = new int[steps.length];
            arrays[0] = into;
            for (int i = 0; i < in.length; i++) {
                arrays[i + 1] = in[i].array();
                offsets[i + 1] = in[i].offset() + from;
            }
            loop.run(arrays, offsets, steps, numbers, n);
        });
    }

    /** Computes into existing memory, which may be that of an operand. */
    public void evaluateInto(Strided out, Strided... in) {
        formula.evaluateInto(out, numbers, in);
    }

    @Override
    public long keeps(long needs) {
        return formula.keeps(needs);
    }

    @Override
    public Tensor gradient(int i, Tensor g, Saved saved) {
        Formula.Derived d = formula.derivative(i);
        if (d.isZero()) {
            return Tensor.zerosLike(g);
        }
        if (d.isIdentity()) {
            return g;
        }
        return d.formula().inputs() == 2
                ? Engine.run(d.formula(), numbers, operand(d, 0, g, saved), operand(d, 1, g, saved))
                : Engine.run(d.formula(), numbers, operands(d, 0, g, saved));
    }

    /**
     * Adds the gradient of input {@code i} to {@code sum} in one pass, with the bits of {@code sum + gradient}.
     *
     * @param sum of the shape of the result
     * @return false where there is nothing to fuse: the gradient is zero, or passes unchanged
     */
    public boolean addGradient(Tensor sum, int i, Tensor g, Saved saved) {
        Formula.Derived d = formula.derivative(i);
        if (d.isZero() || d.isIdentity()) {
            return false;
        }
        if (d.formula().inputs() == 2) {
            Engine.accumulate(d.accumulating(), numbers, sum, operand(d, 0, g, saved), operand(d, 1, g, saved));
        } else {
            Tensor[] operands = operands(d, 1, g, saved);
            operands[0] = sum;
            Engine.runInPlace(d.accumulating(), numbers, operands);
        }
        return true;
    }

    /**
     * Turns {@code g}, which nobody else reads, into the gradient of input {@code i} where it lies.
     *
     * @param g of the shape of the result
     * @return false where there is no loop for it: the gradient is zero, or {@code g} itself
     */
    public boolean gradientInPlace(int i, Tensor g, Saved saved) {
        Formula.Derived d = formula.derivative(i);
        if (d.isZero() || d.isIdentity()) {
            return false;
        }
        if (d.formula().inputs() == 2) {
            Engine.runInto(d.formula(), numbers, g, operand(d, 0, g, saved), operand(d, 1, g, saved));
        } else {
            Engine.runInto(d.formula(), numbers, g, operands(d, 0, g, saved));
        }
        return true;
    }

    private Tensor[] operands(Formula.Derived d, int from, Tensor g, Saved saved) {
        Tensor[] operands = new Tensor[from + d.formula().inputs()];
        for (int k = from; k < operands.length; k++) {
            operands[k] = operand(d, k - from, g, saved);
        }
        return operands;
    }

    private Tensor operand(Formula.Derived d, int k, Tensor g, Saved saved) {
        int v = d.variable(k);
        return v == formula.gradient() ? g : v == formula.output() ? saved.output() : saved.input(v);
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        Tensor[] aligned = in.clone();
        int rank = 0;
        for (int i = 0; i < in.length; i++) {
            rank = Math.max(rank, in[i].shape().rank() - (batched[i] ? 1 : 0));
        }
        for (int i = 0; i < in.length; i++) {
            aligned[i] = batched[i] ? Batching.align(in[i], rank) : in[i];
        }
        return Engine.run(this, aligned);
    }

    /** The same formulas as for backward: a derivative is a factor, and does not mind what it is multiplied with. */
    @Override
    public Tensor tangent(Tensor[] tangents, Saved values) {
        Tensor sum = null;
        for (int i = 0; i < tangents.length; i++) {
            if (tangents[i] != null && !formula.derivative(i).isZero()) {
                Tensor part = gradient(i, tangents[i], values);
                sum = sum == null ? part : sum.add(part);
            }
        }
        Shape shape = values.output().shape();
        return sum == null || sum.shape().equals(shape) ? sum : sum.expand(shape.sizes());
    }
}
