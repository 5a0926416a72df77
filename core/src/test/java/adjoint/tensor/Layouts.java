package adjoint.tensor;

import adjoint.kernel.Strided;
import adjoint.types.DType;
import adjoint.types.Shape;

/** For tests: leaves of any layout, over an array of their own. */
public final class Layouts {
    private Layouts() {}

    /** A row-major tensor. */
    public static Tensor dense(Object array, DType dtype, Shape shape) {
        return new Tensor(Strided.of(array, dtype, shape));
    }

    /** A tensor of this shape, strides and offset (in elements) within an array. */
    public static Tensor of(Object array, DType dtype, Shape shape, long[] strides, int offset) {
        int length = java.lang.reflect.Array.getLength(array);
        return new Tensor(Strided.of(array, dtype, Shape.of(length)).view(shape, offset, strides));
    }

    /** Where the first element lies in the memory. */
    public static long offset(Tensor x) {
        return x.value().offset();
    }

    /** The live memory. */
    public static Object array(Tensor x) {
        return x.value().array();
    }
}
