package adjoint.app;

/**
 * How far predictions are from the truth.
 *
 * @param mse the mean squared error
 * @param mae the mean absolute error
 * @param r2 1 − MSE / variance; NaN where the truth does not vary
 */
record Scores(double mse, double mae, double r2) {
    static Scores of(double[] truth, double[] predicted) {
        double mean = 0;
        for (double y : truth) {
            mean += y / truth.length;
        }
        double squares = 0;
        double absolute = 0;
        double variance = 0;
        for (int i = 0; i < truth.length; i++) {
            double error = predicted[i] - truth[i];
            squares += error * error / truth.length;
            absolute += Math.abs(error) / truth.length;
            variance += (truth[i] - mean) * (truth[i] - mean) / truth.length;
        }
        return new Scores(squares, absolute, variance > 0 ? 1 - squares / variance : Double.NaN);
    }
}
