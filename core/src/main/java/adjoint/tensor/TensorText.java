package adjoint.tensor;

import adjoint.types.DType;
import adjoint.types.Shape;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * A tensor as text, character for character as PyTorch prints it with its default options: four digits, six elements a
 * dimension (three at each end) once there are more than 1,000, lines of 80 columns. The rules are those of PyTorch's
 * {@code torch/_tensor_str.py}; the numbers are rounded as Python's {@code format} does.
 *
 * <p>{@code Formatter} is not used: it follows the locale, rounds the shortest decimal instead of the binary value, and
 * is slow to load. Nor are strings joined with {@code +}, whose first use costs a cold JVM some twenty milliseconds.
 */
final class TensorText {
    private static final int PRECISION = 4;
    private static final int THRESHOLD = 1000;
    private static final int EDGE_ITEMS = 3;
    private static final int LINE_WIDTH = 80;
    private static final String PREFIX = "tensor(";

    /** The powers of ten that a double holds exactly. Beyond them {@link BigDecimal} takes over, which loads slowly. */
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private static final int LAST_POWER = POWERS.length - 1;
    private static final double LARGE = 0x1p53;

    private final int[] sizes;
    private final boolean summarized;
    private final StringBuilder out;
    private String[] cells;
    private int width = 1;
    private int next;

    private TensorText(Shape shape) {
        sizes = new int[shape.rank()];
        for (int d = 0; d < sizes.length; d++) {
            sizes[d] = (int) shape.size(d);
        }
        summarized = shape.numel() > THRESHOLD;
        out = new StringBuilder(PREFIX);
    }

    /**
     * The text of a tensor.
     *
     * @param shape its shape
     * @param dtype its type
     * @param rowMajor its elements in row-major order: {@code float[]}, {@code double[]},
     *     {@code boolean[]}, as the type asks; {@code long[]} for all integers
     * @param suffix what is said of its part in a graph ({@code requires_grad=True}, {@code grad_fn=<MulBackward0>}),
     *     or null
     */
    static String of(Shape shape, DType dtype, Object rowMajor, String suffix) {
        TensorText text = new TensorText(shape);
        boolean empty = shape.numel() == 0;
        if (empty) {
            text.out.append("[]");
        } else {
            text.format(dtype, rowMajor);
            text.write(0, PREFIX.length());
        }
        text.suffixes(
                empty && shape.rank() != 1 ? size(shape) : null,
                dtype == DType.F64 || dtype.isNarrow() || (empty && dtype != DType.F32)
                        ? "dtype=torch.".concat(dtype.toString())
                        : null,
                suffix);
        return text.out.append(')').toString();
    }

    /**
     * A number with a fixed count of decimals, as Python's {@code f"{x:.4f}"}: the exact binary value is rounded, ties
     * to even; {@code nan}, {@code inf} and {@code -inf} are written so.
     */
    static String fixed(double x, int decimals) {
        if (!Double.isFinite(x)) {
            return nonFinite(x);
        }
        double magnitude = Math.abs(x);
        StringBuilder text = signed(x);
        if (magnitude >= LARGE || decimals > 9) {
            BigDecimal exact = new BigDecimal(magnitude);
            return text.append(exact.setScale(decimals, RoundingMode.HALF_EVEN).toPlainString())
                    .toString();
        }
        long whole = (long) (decimals == 0 ? Math.rint(magnitude) : magnitude);
        long scale = (long) POWERS[decimals];
        long digits = decimals == 0 ? 0 : roundedProduct(magnitude - whole, scale);
        if (digits == scale) {
            whole++;
            digits = 0;
        }
        text.append(whole);
        if (decimals > 0) {
            String tail = Long.toString(digits);
            text.append('.').repeat('0', decimals - tail.length()).append(tail);
        }
        return text.toString();
    }

    /** A number as Python's {@code f"{x:.4e}"}: the exact binary value rounded to five digits, ties to even. */
    static String scientific(double x) {
        if (!Double.isFinite(x)) {
            return nonFinite(x);
        }
        StringBuilder text = signed(x);
        if (x == 0) {
            return text.append("0.0000e+00").toString();
        }
        double magnitude = Math.abs(x);
        int exponent = (int) Math.floor(Math.log10(magnitude)); // one off at most, and only beside a power of ten
        String digits;
        if (exponent <= PRECISION - LAST_POWER || exponent >= LAST_POWER) {
            BigDecimal rounded =
                    new BigDecimal(magnitude).round(new MathContext(PRECISION + 1, RoundingMode.HALF_EVEN));
            digits = rounded.unscaledValue().toString(); // shorter than five where the value is
            exponent = digits.length() - 1 - rounded.scale();
        } else {
            digits = Long.toString(leading(magnitude, exponent));
            if (digits.length() != PRECISION + 1) {
                exponent += digits.length() - PRECISION - 1;
                digits = Long.toString(leading(magnitude, exponent));
            }
        }
        text.append(digits.charAt(0)).append('.').append(digits, 1, Math.min(digits.length(), PRECISION + 1));
        text.repeat('0', Math.max(0, PRECISION + 1 - digits.length()));
        text.append('e').append(exponent < 0 ? '-' : '+');
        int size = Math.abs(exponent);
        return text.append(size < 10 ? "0" : "").append(size).toString();
    }

    /** x / 10^(exponent − 4), rounded to even: the first five digits. */
    private static long leading(double x, int exponent) {
        int power = PRECISION - exponent;
        return power >= 0 ? roundedProduct(x, POWERS[power]) : roundedQuotient(x, POWERS[-power]);
    }

    private static long roundedProduct(double x, double factor) {
        // x * factor is exactly high + low; as rounding is monotonic, low matters only on what looks like a tie
        double high = x * factor;
        double low = Math.fma(x, factor, -high);
        long down = (long) high;
        double rest = high - down;
        boolean up = rest > 0.5 || (rest == 0.5 && (low > 0 || (low == 0 && (down & 1) == 1)));
        return up ? down + 1 : down;
    }

    private static long roundedQuotient(double x, double divisor) {
        long down = (long) (x / divisor);
        double rest = Math.fma(-down, divisor, x); // a remainder is exact; below zero if the division rounded up
        boolean up = rest > divisor / 2 || (rest == divisor / 2 && (down & 1) == 1);
        return up ? down + 1 : down;
    }

    private static StringBuilder signed(double x) {
        StringBuilder text = new StringBuilder(16);
        return Math.copySign(1, x) < 0 ? text.append('-') : text;
    }

    private static String nonFinite(double x) {
        return Double.isNaN(x) ? "nan" : x > 0 ? "inf" : "-inf";
    }

    /** Turns the elements to be shown into strings, and finds their common width. Hidden ones have no say in it. */
    private void format(DType dtype, Object rowMajor) {
        int[] shown = new int[shown(0)];
        next = 0;
        choose(0, 0, shown);
        next = 0;
        cells = new String[shown.length];
        if (dtype.isFloating()) {
            double[] values = new double[shown.length];
            for (int i = 0; i < shown.length; i++) {
                values[i] = rowMajor instanceof float[] floats ? floats[shown[i]] : ((double[]) rowMajor)[shown[i]];
            }
            formatFloating(values);
        } else {
            for (int i = 0; i < shown.length; i++) {
                cells[i] = rowMajor instanceof boolean[] truths
                        ? (truths[shown[i]] ? "True" : "False")
                        : Long.toString(((long[]) rowMajor)[shown[i]]);
                width = Math.max(width, cells[i].length());
            }
        }
    }

    private void formatFloating(double[] values) {
        double min = Double.POSITIVE_INFINITY;
        double max = 0;
        boolean whole = true;
        for (double value : values) {
            if (counts(value)) {
                min = Math.min(min, Math.abs(value));
                max = Math.max(max, Math.abs(value));
                whole &= value == Math.rint(value);
            }
        }
        boolean scientific = max > 0 && (max / min > 1000 || max > 1e8 || min < 1e-4);
        for (int i = 0; i < values.length; i++) {
            double value = values[i];
            if (scientific) {
                cells[i] = scientific(value);
            } else if (whole) {
                cells[i] = Double.isFinite(value) ? fixed(value, 0).concat(".") : nonFinite(value);
            } else {
                cells[i] = fixed(value, PRECISION);
            }
            if (counts(value)) {
                width = Math.max(width, cells[i].length());
            }
        }
    }

    /** Whether a value has a say in the format: zeros and what is not finite have none. */
    private static boolean counts(double value) {
        return value != 0 && Double.isFinite(value);
    }

    private boolean cut(int dim) {
        return summarized && sizes[dim] > 2 * EDGE_ITEMS;
    }

    /** How many elements are shown of a block that begins at this dimension. */
    private int shown(int dim) {
        return dim == sizes.length ? 1 : (cut(dim) ? 2 * EDGE_ITEMS : sizes[dim]) * shown(dim + 1);
    }

    /** Writes down the positions of the elements to be shown, in order. */
    private void choose(int dim, int at, int[] into) {
        if (dim == sizes.length) {
            into[next++] = at;
            return;
        }
        int step = 1;
        for (int d = dim + 1; d < sizes.length; d++) {
            step *= sizes[d];
        }
        for (int i = 0; i < sizes[dim]; i++) {
            if (i == EDGE_ITEMS && cut(dim)) {
                i = sizes[dim] - EDGE_ITEMS;
            }
            choose(dim + 1, at + i * step, into);
        }
    }

    private void write(int dim, int indent) {
        if (dim == sizes.length) {
            cell();
        } else if (dim == sizes.length - 1) {
            writeRow(dim, indent);
        } else {
            out.append('[');
            int count = cut(dim) ? 2 * EDGE_ITEMS : sizes[dim];
            for (int i = 0; i < count; i++) {
                if (i > 0) {
                    separate(sizes.length - dim - 1, indent);
                }
                if (i == EDGE_ITEMS && cut(dim)) {
                    out.append("...");
                    separate(sizes.length - dim - 1, indent);
                }
                write(dim + 1, indent + 1);
            }
            out.append(']');
        }
    }

    private void writeRow(int dim, int indent) {
        int perLine = Math.max(1, Math.floorDiv(LINE_WIDTH - indent, width + 2));
        int count = cut(dim) ? 2 * EDGE_ITEMS + 1 : sizes[dim];
        out.append('[');
        for (int i = 0; i < count; i++) {
            if (i > 0 && i % perLine == 0) {
                separate(1, indent);
            } else if (i > 0) {
                out.append(", ");
            }
            if (i == EDGE_ITEMS && cut(dim)) {
                out.append(" ...");
            } else {
                cell();
            }
        }
        out.append(']');
    }

    private void separate(int lines, int indent) {
        out.append(',').repeat('\n', lines).repeat(' ', indent + 1);
    }

    private void cell() {
        String cell = cells[next++];
        out.repeat(' ', Math.max(0, width - cell.length())).append(cell);
    }

    /** Appends what follows the elements, on a new line where this one would become too long. */
    private void suffixes(String... suffixes) {
        int column = out.length() - out.lastIndexOf("\n") + 1;
        for (String suffix : suffixes) {
            if (suffix == null) {
                continue;
            }
            if (column + suffix.length() + 2 > LINE_WIDTH) {
                out.append(",\n").repeat(' ', PREFIX.length());
                column = PREFIX.length() + suffix.length();
            } else {
                out.append(", ");
                column += suffix.length() + 2;
            }
            out.append(suffix);
        }
    }

    /** A shape as a Python tuple: {@code size=(0, 3)}. Only for ranks other than 1. */
    private static String size(Shape shape) {
        StringBuilder text = new StringBuilder("size=").append(shape);
        text.setCharAt("size=".length(), '(');
        text.setCharAt(text.length() - 1, ')');
        return text.toString();
    }
}
