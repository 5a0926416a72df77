package adjoint.bench;

/**
 * A row of the table of what programs of their own found out.
 *
 * @param name what was measured
 * @param wall seconds by the clock on the wall, or the measured quantity itself for a {@code unit} of its own
 * @param cpu seconds of processor time; null where it can't be told
 * @param unit empty for times
 * @param goal what the median (of times) or the spread (max over min, less one, of others) should not exceed; NaN for
 *     none
 * @param note what else there is to know, or empty
 */
record Result(String name, Spread wall, Spread cpu, String unit, double goal, String note) {

    static Result time(String name, Spread wall, Spread cpu) {
        return new Result(name, wall, cpu, "", Double.NaN, "");
    }

    /** Something that should stay as it is. */
    static Result level(String name, Spread values, String unit, double goal) {
        return new Result(name, values, null, unit, goal, "");
    }

    Result withGoal(double value) {
        return new Result(name, wall, cpu, unit, value, note);
    }

    Result withNote(String text) {
        return new Result(name, wall, cpu, unit, goal, text);
    }

    boolean isTime() {
        return unit.isEmpty();
    }

    /** What the goal is set for: the median of times, the relative spread of levels. */
    double judged() {
        return isTime() ? wall.median() : wall.min() == wall.max() ? 0 : wall.max() / wall.min() - 1;
    }
}
