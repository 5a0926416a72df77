package adjoint.op;

import adjoint.kernel.Copy;
import adjoint.kernel.Strided;
import adjoint.types.DType;
import adjoint.types.Shape;
import adjoint.types.ShapeException;

/**
 * The open door: an operation of your own, which computes on plain arrays and gives its gradient with tensors. It is run
 * by {@link adjoint.tensor.Engine#run} like every other, hence recorded, checked, named in errors, differentiated any
 * number of times and forward too:
 *
 * <pre>{@code
 * record Cube() implements CustomOp {
 *     public String opName() { return "cube"; }
 *
 *     public Numbers compute(Numbers... in) {
 *         double[] y = in[0].values().clone();
 *         Arrays.setAll(y, i -> y[i] * y[i] * y[i]);
 *         return new Numbers(in[0].shape(), in[0].dtype(), y);
 *     }
 *
 *     public long keeps(long needs) { return 1; }             // the gradient reads the first input
 *
 *     public Tensor gradient(int i, Tensor g, Saved saved) { return g.mul(saved.input(0).square()).mul(3); }
 *
 *     public Tensor batch(long size, boolean[] batched, Tensor... in) { return Engine.run(this, in); }
 * }
 * }</pre>
 *
 * <p>For formulas of one element {@link adjoint.tensor.Tensor#map} is shorter and faster.
 */
public interface CustomOp extends RuleOp {
    /**
     * A tensor's elements, row-major; computing is in double precision whatever the type.
     *
     * @param values as many as the shape has elements
     */
    record Numbers(Shape shape, DType dtype, double[] values) {}

    /** The result. The inputs' arrays are copies and may be overwritten. Throw before anything is changed. */
    Numbers compute(Numbers... in);

    @Override
    default Strided evaluate(Strided... in) {
        Numbers[] numbers = new Numbers[in.length];
        for (int i = 0; i < in.length; i++) {
            numbers[i] = new Numbers(
                    in[i].shape(), in[i].dtype(), Copy.of(in[i], DType.F64).doubles());
        }
        Numbers out = compute(numbers);
        if (out.values().length != out.shape().numel()) {
            throw new ShapeException(opName() + ": it computed " + out.values().length + " numbers for shape "
                    + out.shape() + ": that needs " + out.shape().numel() + ". Correct its compute method.");
        }
        Strided wide = Strided.of(out.values(), DType.F64, out.shape());
        return out.dtype() == DType.F64 ? wide : Copy.of(wide, out.dtype());
    }
}
