package adjoint.types;

/** The type of a tensor's elements. {@link #toString()} gives PyTorch's name ({@code float32}). */
public enum DType {
    /** Truth values; one byte each. PyTorch: {@code torch.bool}. */
    BOOL("bool", 1),
    /** 64-bit two's complement integers. PyTorch: {@code torch.int64}. */
    I64("int64", 8),
    /** IEEE 754 binary32, the default of every creation method. PyTorch: {@code torch.float32}. */
    F32("float32", 4),
    /** IEEE 754 binary64. PyTorch: {@code torch.float64}. */
    F64("float64", 8);

    private final String torchName;
    private final int bytes;

    DType(String torchName, int bytes) {
        this.torchName = torchName;
        this.bytes = bytes;
    }

    /** Whether elements are floating-point numbers; only such tensors can require grad. */
    public boolean isFloating() {
        return this == F32 || this == F64;
    }

    /** Bytes an element takes. */
    public int bytes() {
        return bytes;
    }

    /** The type that holds the result of an operation on both: the later of BOOL, I64, F32, F64. */
    public static DType promote(DType a, DType b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    @Override
    public String toString() {
        return torchName;
    }
}
