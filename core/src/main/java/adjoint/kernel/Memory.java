package adjoint.kernel;

import adjoint.types.DType;
import adjoint.types.Shape;

/** Allocation of arrays, with an error that says what did not fit. */
public final class Memory {
    private Memory() {}

    /**
     * A zeroed array for a tensor.
     *
     * @throws OutOfMemoryError naming the shape, the bytes and {@code -Xmx}
     */
    public static Object allocate(DType dtype, Shape shape) {
        int n = (int) shape.numel();
        try {
            return Storage.allocate(dtype, n);
        } catch (OutOfMemoryError e) {
            var error = new OutOfMemoryError("a " + dtype + " tensor of shape " + shape + " takes "
                    + shape.numel() * dtype.bytes() + " bytes, which the Java heap has no room for ("
                    + Runtime.getRuntime().maxMemory() + " bytes in all). Give the JVM more with -Xmx,"
                    + " or work in smaller batches.");
            error.initCause(e);
            throw error;
        }
    }
}
