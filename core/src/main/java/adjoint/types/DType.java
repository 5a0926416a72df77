package adjoint.types;

/** The type of a tensor's elements. {@link #toString()} gives PyTorch's name ({@code float32}). */
public enum DType {
    /** Truth values; one byte each. PyTorch: {@code torch.bool}. */
    BOOL("bool", 1),
    /** Integers from 0 to 255. PyTorch: {@code torch.uint8}. */
    U8("uint8", 1),
    /** 8-bit two's complement integers. PyTorch: {@code torch.int8}. */
    I8("int8", 1),
    /** 16-bit two's complement integers. PyTorch: {@code torch.int16}. */
    I16("int16", 2),
    /** 32-bit two's complement integers. PyTorch: {@code torch.int32}. */
    I32("int32", 4),
    /** 64-bit two's complement integers. PyTorch: {@code torch.int64}. */
    I64("int64", 8),
    /** IEEE 754 binary32, the default of every creation method. PyTorch: {@code torch.float32}. */
    F32("float32", 4),
    /** IEEE 754 binary64. PyTorch: {@code torch.float64}. */
    F64("float64", 8);

    private final String torchName;
    private final int bytes;
    private final boolean floating;
    private final boolean narrow;

    DType(String torchName, int bytes) {
        this.torchName = torchName;
        this.bytes = bytes;
        this.floating = torchName.startsWith("float");
        this.narrow = torchName.contains("int") && bytes < Long.BYTES;
    }

    /** Whether elements are floating-point numbers; only such tensors can require grad. */
    public boolean isFloating() {
        return floating;
    }

    /** Whether elements are whole numbers; truth values are none. */
    public boolean isInteger() {
        return !isFloating() && this != BOOL;
    }

    /** Whether elements are integers of less than 64 bits. They are computed with as I64, and cut to their width. */
    public boolean isNarrow() {
        return narrow;
    }

    /** Truth values 0, integers 1, real numbers 2: a single number only counts if its category is higher. */
    public int category() {
        return isFloating() ? 2 : isInteger() ? 1 : 0;
    }

    /** Bytes an element takes. */
    public int bytes() {
        return bytes;
    }

    /**
     * The type that holds the result of an operation on both: the later of the list, but U8 and I8, of which neither
     * holds the other, give I16. PyTorch: {@code promote_types}.
     */
    public static DType promote(DType a, DType b) {
        if ((a == U8 && b == I8) || (a == I8 && b == U8)) {
            return I16;
        }
        return a.compareTo(b) >= 0 ? a : b;
    }

    @Override
    public String toString() {
        return torchName;
    }
}
