package adjoint.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of a group's cases.
 *
 * @param deliberate how many differ as they are meant to
 * @param unsupported how many cases each missing thing holds up
 * @param wrong the differences
 */
record Outcome(String group, int passed, int deliberate, Map<String, Integer> unsupported, List<String> wrong) {
    private static final String OWN = Outcome.class.getPackageName();

    /** Runs them. */
    static Outcome of(String group, List<GoldenCase> cases) {
        Map<String, String> reasons = Cases.deliberate();
        int passed = 0;
        int deliberate = 0;
        Map<String, Integer> unsupported = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        for (GoldenCase example : cases) {
            boolean differs = reasons.containsKey(example.id());
            try {
                example.check();
                passed++;
                if (differs && !incomplete(reasons.get(example.id()))) {
                    wrong.add(example + "   agrees, but is listed as a deliberate difference");
                }
            } catch (Unsupported e) {
                if (differs && incomplete(reasons.get(example.id()))) {
                    deliberate++;
                } else {
                    unsupported.merge(e.getMessage(), 1, Integer::sum);
                }
            } catch (RuntimeException | StackOverflowError e) {
                if (differs) {
                    deliberate++;
                } else if (lacking(e)) {
                    unsupported.merge("what the runner stumbles over: " + e, 1, Integer::sum);
                } else {
                    wrong.add(example + "   " + (e instanceof GoldenCase.Disagreement ? e.getMessage() : e));
                }
            }
        }
        return new Outcome(group, passed, deliberate, unsupported, wrong);
    }

    /** Whether a case cannot be run as it was recorded, but can beside another one that has what it lacks. */
    private static boolean incomplete(String reason) {
        return reason.startsWith("recorded without");
    }

    /** An error that this evaluator made itself is a gap in it and says nothing about the library. */
    private static boolean lacking(Throwable e) {
        if (e instanceof GoldenCase.Disagreement) {
            return false;
        }
        for (StackTraceElement frame : e.getStackTrace()) {
            if (frame.getClassName().startsWith("adjoint.")) {
                return frame.getClassName().startsWith(OWN + ".");
            }
        }
        return false;
    }

    int missing() {
        return unsupported.values().stream().mapToInt(Integer::intValue).sum();
    }
}
