package adjoint.codegen;

import adjoint.codegen.Program.BitsLiteral;
import adjoint.codegen.Program.Compute;
import adjoint.codegen.Program.Load;
import adjoint.codegen.Program.Step;
import adjoint.codegen.Program.Store;
import adjoint.types.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * What becomes one loop class: steps, and where results go. Most programs are one segment; a long one is cut into
 * several, and values that are needed after a cut pass through scratch arrays, which count as further operands.
 *
 * @param stores what is written: values to array slots (from {@code inputs + 1}: scratch)
 * @param arrays how many array slots there are in all
 */
record Segment(DType dtype, List<Step> steps, List<Store> stores, int arrays) {

    /**
     * Segments in the order in which they run.
     *
     * @param scratch the kinds of the scratch arrays, which lie in the slots after the operands'
     */
    record Cut(List<Segment> segments, List<Kind> scratch) {}

    /** Cuts a program so that no segment's weight is above {@code limit}. */
    static Cut cut(Program program, int limit, ToIntFunction<Step> weight) {
        return new Cutting(program).cut(limit, weight);
    }

    /** Which values the steps' results need before the loop rather than in it: literals and the call's numbers. */
    boolean[] constants() {
        boolean[] constant = new boolean[steps.size()];
        for (int k = 0; k < constant.length; k++) {
            constant[k] = !(steps.get(k) instanceof Compute) && !(steps.get(k) instanceof Load);
        }
        return constant;
    }

    /** Which values are written. */
    boolean[] stored() {
        boolean[] stored = new boolean[steps.size()];
        stores.forEach(s -> stored[s.value()] = true);
        return stored;
    }

    /** Which array slots are read or written. */
    boolean[] used() {
        boolean[] used = new boolean[arrays];
        stores.forEach(s -> used[s.slot()] = true);
        for (Step step : steps) {
            if (step instanceof Load(int index, Kind _)) {
                used[index + 1] = true;
            }
        }
        return used;
    }

    /** What the array in a slot holds. */
    Kind kind(int slot) {
        for (Store store : stores) {
            if (store.slot() == slot) {
                return steps.get(store.value()).kind();
            }
        }
        for (Step step : steps) {
            if (step instanceof Load(int index, Kind kind) && index + 1 == slot) {
                return kind;
            }
        }
        throw new IllegalArgumentException("formula: nothing uses array " + slot);
    }

    /** The literal that value {@code k} is, for shift counts; null if it is none. */
    Long bits(int k) {
        return steps.get(k) instanceof BitsLiteral(long value) ? value : null;
    }

    private static final class Cutting {
        private final Program program;
        private final List<Step> steps;
        private final int[] lastUse;
        private final int[] live; // at each step, how many computed values it and later ones need
        private final int[] home; // the scratch array of a value; 0: none
        private final List<Kind> scratch = new ArrayList<>();
        private final List<List<Integer>> free = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());

        Cutting(Program program) {
            this.program = program;
            this.steps = program.steps();
            int n = steps.size();
            lastUse = new int[n];
            home = new int[n];
            live = new int[n + 1];
            Arrays.fill(lastUse, -1);
            program.stores().forEach(s -> lastUse[s.value()] = n);
            for (int k = n - 1; k >= 0; k--) {
                // Values that nothing needs stay at -1 and are left out.
                if (lastUse[k] >= 0 && steps.get(k) instanceof Compute(Lane _, int a, int b, int c)) {
                    use(a, k);
                    use(b, k);
                    use(c, k);
                    live[k + 1]++;
                    if (lastUse[k] < n) {
                        live[lastUse[k] + 1]--;
                    }
                }
            }
            for (int k = 1; k <= n; k++) {
                live[k] += live[k - 1];
            }
        }

        private void use(int value, int at) {
            if (value >= 0) {
                lastUse[value] = Math.max(lastUse[value], at);
            }
        }

        Cut cut(int limit, ToIntFunction<Step> weight) {
            List<Segment> segments = new ArrayList<>();
            int begin = 0;
            while (begin < steps.size()) {
                int end = begin;
                int sum = 0;
                while (end < steps.size() && (sum == 0 || sum + cost(end, weight) <= limit)) {
                    sum += cost(end++, weight);
                }
                if (end < steps.size()) {
                    // Of the last quarter's places, the one where the fewest values are alive.
                    for (int at = end - 1; at > end - (end - begin) / 4; at--) {
                        end = live[at] < live[end] ? at : end;
                    }
                }
                segments.add(segment(begin, end));
                begin = end;
            }
            int arrays = program.inputs() + 1 + scratch.size();
            return new Cut(
                    segments.stream()
                            .map(s -> new Segment(s.dtype, s.steps, s.stores, arrays))
                            .toList(),
                    List.copyOf(scratch));
        }

        private int cost(int k, ToIntFunction<Step> weight) {
            return lastUse[k] >= 0 ? weight.applyAsInt(steps.get(k)) : 0;
        }

        private Segment segment(int begin, int end) {
            List<Step> part = new ArrayList<>();
            int[] number = new int[steps.size()];
            Arrays.fill(number, -1);
            List<Store> stores = new ArrayList<>();
            for (int k = begin; k < end; k++) {
                if (lastUse[k] >= 0 && steps.get(k) instanceof Compute(Lane lane, int a, int b, int c)) {
                    var renumbered = new Compute(
                            lane, operand(part, number, a), operand(part, number, b), operand(part, number, c));
                    number[k] = part.size();
                    part.add(renumbered);
                }
            }
            for (int k = begin; k < end; k++) {
                if (number[k] >= 0 && lastUse[k] >= end && end < steps.size() && steps.get(k) instanceof Compute) {
                    home[k] = take(steps.get(k).kind());
                    stores.add(new Store(number[k], home[k]));
                }
            }
            if (end == steps.size()) {
                // Only here, where all has been read: a result may take an operand's place.
                program.stores().forEach(s -> stores.add(new Store(operand(part, number, s.value()), s.slot())));
            }
            for (int k = 0; k < end; k++) {
                if (home[k] > 0 && lastUse[k] < end) {
                    free.get(steps.get(k).kind().ordinal()).add(home[k]);
                    home[k] = 0;
                }
            }
            return new Segment(program.dtype(), List.copyOf(part), List.copyOf(stores), 0);
        }

        /** The number of a value in this segment: brought in where it was not computed here. */
        private int operand(List<Step> part, int[] number, int k) {
            if (k >= 0 && number[k] < 0) {
                Step step = steps.get(k);
                number[k] = part.size();
                part.add(step instanceof Compute ? new Load(home[k] - 1, step.kind()) : step);
            }
            return k < 0 ? -1 : number[k];
        }

        private int take(Kind kind) {
            List<Integer> pool = free.get(kind.ordinal());
            if (!pool.isEmpty()) {
                return pool.removeLast();
            }
            scratch.add(kind);
            return program.inputs() + scratch.size();
        }
    }
}
