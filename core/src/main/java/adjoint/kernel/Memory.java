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
            return allocate(dtype, n);
        } catch (OutOfMemoryError e) {
            var error = new OutOfMemoryError("a " + dtype + " tensor of shape " + shape + " takes "
                    + shape.numel() * dtype.bytes() + " bytes, which the Java heap has no room for ("
                    + Runtime.getRuntime().maxMemory() + " bytes in all). Give the JVM more with -Xmx,"
                    + " or work in smaller batches.");
            error.initCause(e);
            throw error;
        }
    }

    /** A zeroed array for {@code n} elements of a type. */
    static Object allocate(DType dtype, int n) {
        return switch (dtype) {
            case F32 -> new float[n];
            case F64 -> new double[n];
            case I64 -> new long[n];
            case I32 -> new int[n];
            case I16 -> new short[n];
            case I8, U8 -> new byte[n];
            case BOOL -> new boolean[n];
        };
    }
}
