package adjoint.codegen;

import static adjoint.codegen.Kind.BITS;
import static adjoint.codegen.Kind.MASK;
import static adjoint.codegen.Kind.NUMBER;

/**
 * The closed set of scalar instructions that every formula comes down to. Each is exactly specified (IEEE 754, two's
 * complement), so an interpreter, a scalar loop and a vector loop of any width compute the same bits.
 *
 * <p>{@code NUMBER} is the loop's own type (float, double or long), {@code BITS} an integer of the same width,
 * {@code MASK} a truth value.
 */
public enum Lane {
    NEG("-", NUMBER, NUMBER),
    ABS("abs", NUMBER, NUMBER),
    SQRT("sqrt", NUMBER, NUMBER),
    ADD("+", NUMBER, NUMBER, NUMBER),
    SUB("-", NUMBER, NUMBER, NUMBER),
    MUL("*", NUMBER, NUMBER, NUMBER),
    DIV("/", NUMBER, NUMBER, NUMBER),
    /** The smaller of two; NaN if either is, and −0 is less than 0 ({@link Math#min(float, float)}). */
    MIN("min", NUMBER, NUMBER, NUMBER),
    /** The larger of two; NaN if either is, and −0 is less than 0 ({@link Math#max(float, float)}). */
    MAX("max", NUMBER, NUMBER, NUMBER),
    /** {@code a * b + c}, rounded once. Floating-point loops only. */
    FMA("fma", NUMBER, NUMBER, NUMBER, NUMBER),
    LT("<", MASK, NUMBER, NUMBER),
    LE("<=", MASK, NUMBER, NUMBER),
    EQ("==", MASK, NUMBER, NUMBER),
    NOT("!", MASK, MASK),
    AND("&", MASK, MASK, MASK),
    OR("|", MASK, MASK, MASK),
    XOR("^", MASK, MASK, MASK),
    /** {@code condition ? a : b} on numbers; both sides are computed. */
    SELECT("select", NUMBER, MASK, NUMBER, NUMBER),
    /** The bits of a floating-point number; of a NaN those of the one canonical NaN. */
    TO_BITS("bits", BITS, NUMBER),
    /** The bits of a floating-point number as they are: of a NaN any NaN's, for where it does not matter which. */
    RAW_BITS("rawBits", BITS, NUMBER),
    /** The floating-point number with these raw bits. */
    FROM_BITS("fromBits", NUMBER, BITS),
    BITS_ADD("+", BITS, BITS, BITS),
    BITS_SUB("-", BITS, BITS, BITS),
    BITS_AND("&", BITS, BITS, BITS),
    BITS_OR("|", BITS, BITS, BITS),
    BITS_XOR("^", BITS, BITS, BITS),
    /** Shift left by a literal number of places. */
    BITS_SHL("<<", BITS, BITS, BITS),
    /** Arithmetic shift right by a literal number of places. */
    BITS_SHR(">>", BITS, BITS, BITS),
    /** Logical shift right by a literal number of places. */
    BITS_USHR(">>>", BITS, BITS, BITS);

    private final String symbol;
    private final Kind result;
    private final Kind[] operands;

    Lane(String symbol, Kind result, Kind... operands) {
        this.symbol = symbol;
        this.result = result;
        this.operands = operands;
    }

    /** How the instruction is written in a printed formula. */
    public String symbol() {
        return symbol;
    }

    /** What it yields. */
    public Kind result() {
        return result;
    }

    /** How many operands it takes. */
    public int arity() {
        return operands.length;
    }

    /** What operand {@code i} is. */
    public Kind operand(int i) {
        return operands[i];
    }
}
