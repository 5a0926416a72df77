package adjoint.kernel;

import adjoint.types.DType;

/**
 * The memory of one or several tensors: one Java array, and a version that every write raises, so that a value saved
 * for backward can tell that it has been overwritten. Never handed to users.
 */
public final class Storage {
    private final Object array;
    private int version;
    private String changedBy = "nothing";

    /** A storage over an array that nobody else holds. */
    public Storage(Object array) {
        this.array = array;
    }

    /** A new zeroed array for {@code n} elements of a type. */
    public static Object allocate(DType dtype, int n) {
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

    /** The live array: of {@code byte} for both types of 8-bit integers, else of the Java type with the type's name. */
    public Object array() {
        return array;
    }

    /** How often this memory was written to after it was made. */
    public int version() {
        return version;
    }

    /** Says that an operation has written to this memory. */
    public void touch(String operation) {
        version++;
        changedBy = operation;
    }

    /** The operation that wrote to this memory last. */
    public String changedBy() {
        return changedBy;
    }

    /** The same memory under a version of its own: writes through one do not count for the other. */
    public Storage unversioned() {
        return new Storage(array);
    }
}
