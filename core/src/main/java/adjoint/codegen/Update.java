package adjoint.codegen;

import adjoint.kernel.Copy;
import adjoint.kernel.Strided;
import adjoint.types.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Several formulas of the same operands, evaluated in one pass over memory, whose results replace the first operands.
 * It is what an optimizer does to a parameter and to all that it remembers of it:
 *
 * <pre>{@code
 * // Momentum: operands p, b, g; numbers lr, μ.
 * Update.of("sgd", 3, 2, (x, n) -> {
 *     Expr b = n.get(1).mul(x.get(1)).add(x.get(2));
 *     return List.of(x.get(0).sub(n.get(0).mul(b)), b);       // p, b
 * });
 * }</pre>
 */
public final class Update {
    /** Gives the new values of the first operands. */
    @FunctionalInterface
    public interface Definition {
        /** The results, each of which replaces the operand at its place. */
        List<Expr> results(List<Expr> operands, List<Expr> numbers);
    }

    private final String name;
    private final int operands;
    private final int params;
    private final List<Expr> results;
    private final TieredLoop[] loops = new TieredLoop[DType.values().length];

    private Update(String name, int operands, int params, List<Expr> results) {
        this.name = name;
        this.operands = operands;
        this.params = params;
        this.results = results;
    }

    /**
     * Formulas of {@code operands} operands and {@code params} numbers.
     *
     * @param name the operation's name in errors
     * @throws IllegalArgumentException if there is no result, or more than there are operands
     */
    public static Update of(String name, int operands, int params, Definition definition) {
        List<Expr> variables = new ArrayList<>();
        for (int i = 0; i < operands; i++) {
            variables.add(new Expr.Input(i, Kind.NUMBER));
        }
        List<Expr> numbers = new ArrayList<>();
        for (int i = 0; i < params; i++) {
            numbers.add(new Expr.Param(i));
        }
        List<Expr> results = List.copyOf(definition.results(variables, numbers));
        if (results.isEmpty() || results.size() > operands) {
            throw new IllegalArgumentException("formula: " + name + " of " + operands + " operands with "
                    + results.size() + " results: each replaces an operand. Give 1 to " + operands + ".");
        }
        return new Update(name, operands, params, results);
    }

    /** The operation's name, for errors. */
    public String name() {
        return name;
    }

    /** How many operands it takes. */
    public int inputs() {
        return operands;
    }

    /** How many of them, the first ones, it replaces. */
    public int results() {
        return results.size();
    }

    /** Result {@code i} alone, as a formula of all operands. */
    public Formula result(int i) {
        Kind[] kinds = new Kind[operands];
        Arrays.fill(kinds, Kind.NUMBER);
        return Formula.of(name, "UpdateBackward0", kinds, params, _ -> results.get(i));
    }

    /**
     * Replaces the first operands' numbers.
     *
     * @param in of one shape and one floating-point type; those that are replaced share no memory with others
     */
    public void run(double[] numbers, Strided... in) {
        LoopCall.run(loop(in[0].dtype()), in[0], numbers, apart(in));
    }

    /** The operands, with a copy of one that is only read and lies in written memory, but differently. */
    private Strided[] apart(Strided[] in) {
        Strided[] all = in;
        for (int i = results.size(); i < in.length; i++) {
            for (int written = 0; written < results.size(); written++) {
                if (in[i].array() == in[written].array() && !in[i].sameLayout(in[written])) {
                    all = all == in ? in.clone() : all;
                    all[i] = Copy.of(in[i], in[i].dtype());
                    break;
                }
            }
        }
        return all;
    }

    private TieredLoop loop(DType type) {
        TieredLoop loop = loops[type.ordinal()];
        if (loop == null) {
            int[] slots = new int[results.size()];
            for (int i = 1; i < slots.length; i++) {
                slots[i] = i + 1; // the first goes to the result's slot, which is the same array
            }
            loop = new TieredLoop(Program.lower(results, slots, type, operands, params));
            loops[type.ordinal()] = loop; // benign race: one of two equal loops stays
        }
        return loop;
    }

    @Override
    public String toString() {
        return name + ": " + results.stream().map(Printing::of).toList();
    }
}
