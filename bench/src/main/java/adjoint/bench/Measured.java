package adjoint.bench;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What a process found out about one case, as it tells the process that started it.
 *
 * @param name the case's
 * @param ours seconds a call, a number a sample; empty if it was not measured
 * @param theirs the same of the peer; empty if there was none, or it can't do this work
 * @param bytes that ours allocates a call
 * @param difference how far the peer's numbers are from ours, as a part of the largest; NaN without a peer
 * @param settled whether the medians stood still before samples were taken
 * @param problem what prevented the measurement, or empty
 */
record Measured(
        String name, double[] ours, double[] theirs, double bytes, double difference, boolean settled, String problem) {

    private static final String MARK = "adjoint-bench";
    private static final String TAB = "\t";

    static Measured failed(String name, String problem) {
        return new Measured(name, new double[0], new double[0], Double.NaN, Double.NaN, true, problem);
    }

    String line() {
        return String.join(
                TAB,
                MARK,
                name,
                list(ours),
                list(theirs),
                Double.toString(bytes),
                Double.toString(difference),
                Boolean.toString(settled),
                problem.replaceAll("\\s+", " "));
    }

    /** What the line says; null if it is another program's. */
    static Measured parse(String line) {
        String[] parts = line.split(TAB, -1);
        if (parts.length != 8 || !parts[0].equals(MARK)) {
            return null;
        }
        return new Measured(
                parts[1],
                numbers(parts[2]),
                numbers(parts[3]),
                Double.parseDouble(parts[4]),
                Double.parseDouble(parts[5]),
                Boolean.parseBoolean(parts[6]),
                parts[7]);
    }

    private static String list(double[] numbers) {
        return Arrays.stream(numbers).mapToObj(Double::toString).collect(Collectors.joining(","));
    }

    private static double[] numbers(String list) {
        return list.isEmpty()
                ? new double[0]
                : Arrays.stream(list.split(","))
                        .mapToDouble(Double::parseDouble)
                        .toArray();
    }
}
