package adjoint.codegen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where each value of a list of steps is kept: numbered places, one set for each {@link Kind}, used again once the
 * value in them is dead.
 */
final class Slots {
    private final int[] slot;
    private final int[] counts = new int[Kind.values().length];

    /**
     * @param steps in order
     * @param invariant the values that are computed once, before the loop: their places are theirs alone
     * @param kept the values that must survive to the end of an iteration
     */
    Slots(List<Program.Step> steps, boolean[] invariant, boolean[] kept) {
        slot = new int[steps.size()];
        int[] lastUse = lastUse(steps);
        for (int k = 0; k < slot.length; k++) {
            if (invariant[k]) {
                slot[k] = counts[steps.get(k).kind().ordinal()]++;
            }
            if (invariant[k] || kept[k]) {
                lastUse[k] = Integer.MAX_VALUE;
            }
        }
        List<List<Integer>> free = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int k = 0; k < slot.length; k++) {
            if (invariant[k]) {
                continue;
            }
            Program.Step step = steps.get(k);
            // The result may take an operand's place: every instruction reads element i before it writes element i.
            if (step instanceof Program.Compute(Lane _, int a, int b, int c)) {
                release(steps, free, lastUse, a, k);
                release(steps, free, lastUse, b == a ? -1 : b, k);
                release(steps, free, lastUse, c == a || c == b ? -1 : c, k);
            }
            List<Integer> pool = free.get(step.kind().ordinal());
            slot[k] = pool.isEmpty() ? counts[step.kind().ordinal()]++ : pool.removeLast();
            if (lastUse[k] <= k) {
                pool.add(slot[k]);
            }
        }
    }

    private static int[] lastUse(List<Program.Step> steps) {
        int[] lastUse = new int[steps.size()];
        Arrays.fill(lastUse, -1);
        for (int k = 0; k < lastUse.length; k++) {
            if (steps.get(k) instanceof Program.Compute(Lane _, int a, int b, int c)) {
                lastUse[a] = k;
                if (b >= 0) {
                    lastUse[b] = k;
                }
                if (c >= 0) {
                    lastUse[c] = k;
                }
            }
        }
        return lastUse;
    }

    private void release(List<Program.Step> steps, List<List<Integer>> free, int[] lastUse, int value, int at) {
        if (value >= 0 && lastUse[value] == at) {
            free.get(steps.get(value).kind().ordinal()).add(slot[value]);
        }
    }

    /** The place of value {@code k} among those of its kind. */
    int of(int k) {
        return slot[k];
    }

    /** How many places there are for values of a kind. */
    int count(Kind kind) {
        return counts[kind.ordinal()];
    }
}
