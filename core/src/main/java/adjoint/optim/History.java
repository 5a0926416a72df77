package adjoint.optim;

import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.ShapeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What LBFGS remembers: the last changes of the gradient (y) and of the parameters (s), as long vectors {@code [n]}. */
final class History {
    private static final double CURVATURE = 1e-10;
    private static final String PREFIX = "0."; // PyTorch keeps it as the state of the first parameter

    long evaluations;
    long iterations;
    Tensor direction;
    double length;
    private double loss;
    private Tensor gradient;
    private double scale = 1;
    private final List<Tensor> ys = new ArrayList<>();
    private final List<Tensor> ss = new ArrayList<>();
    private final List<Double> rhos = new ArrayList<>(); // 1 / y·s
    private final boolean single;

    /** @param type the parameters' */
    History(DType type) {
        single = type == DType.F32;
    }

    /** Takes the change since the last iteration into account and chooses the next direction. */
    void turn(Tensor now, double lossNow, int size) {
        if (gradient == null) {
            direction = now.neg();
        } else {
            remember(now.sub(gradient), direction.mul(length), size);
            direction = suggest(now);
        }
        gradient = now;
        loss = lossNow;
    }

    private void remember(Tensor y, Tensor s, int size) {
        double curvature = y.dot(s).item();
        if (curvature <= CURVATURE || size == 0) {
            return; // less is rounding error
        }
        if (ys.size() == size) {
            ys.removeFirst();
            ss.removeFirst();
            rhos.removeFirst();
        }
        ys.add(y);
        ss.add(s);
        rhos.add(rounded(1 / curvature));
        scale = rounded(curvature / y.dot(y).item());
    }

    /** Minus the gradient times the inverse Hessian that the history suggests: the two-loop recursion. */
    private Tensor suggest(Tensor now) {
        Tensor q = now.neg();
        double[] alpha = new double[ys.size()];
        for (int i = alpha.length - 1; i >= 0; i--) {
            alpha[i] = rounded(ss.get(i).dot(q).item() * rhos.get(i));
            LBFGS.add(q, -alpha[i], ys.get(i));
        }
        Tensor r = q.mul(scale);
        for (int i = 0; i < alpha.length; i++) {
            double beta = rounded(ys.get(i).dot(r).item() * rhos.get(i));
            LBFGS.add(r, alpha[i] - beta, ss.get(i));
        }
        return r;
    }

    /** A number as the parameters' type has it: PyTorch computes these with tensors. */
    double rounded(double x) {
        return single ? (float) x : x;
    }

    /** Everything by PyTorch's names. */
    Map<String, Tensor> all() {
        Map<String, Tensor> all = new LinkedHashMap<>();
        if (evaluations == 0) {
            return all;
        }
        all.put(PREFIX + "func_evals", Tensor.scalar(evaluations));
        all.put(PREFIX + "n_iter", Tensor.scalar(iterations));
        if (gradient != null) {
            all.put(PREFIX + "d", direction);
            all.put(PREFIX + "t", Tensor.scalar(length, DType.F64));
            all.put(PREFIX + "H_diag", Tensor.scalar(scale, DType.F64));
            all.put(PREFIX + "prev_flat_grad", gradient);
            all.put(PREFIX + "prev_loss", Tensor.scalar(loss, DType.F64));
            for (int i = 0; i < ys.size(); i++) {
                all.put(PREFIX + "old_dirs." + i, ys.get(i));
                all.put(PREFIX + "old_stps." + i, ss.get(i));
                all.put(PREFIX + "ro." + i, Tensor.scalar(rhos.get(i), DType.F64));
            }
        }
        return all;
    }

    /** A history of copies of what {@link #all} gave. */
    static History of(Optimizer optimizer, Map<String, Tensor> all, List<Tensor> parameters) {
        DType type = parameters.getFirst().dtype();
        var history = new History(type);
        if (all.isEmpty()) {
            return history;
        }
        Map<String, Tensor> left = new LinkedHashMap<>(all);
        long n = parameters.stream().mapToLong(Tensor::numel).sum();
        var reader = new Reader(optimizer, left, type, n);
        history.evaluations = (long) reader.number("func_evals");
        history.iterations = (long) reader.number("n_iter");
        if (left.containsKey(PREFIX + "d")) {
            history.direction = reader.vector("d");
            history.length = reader.number("t");
            history.scale = reader.number("H_diag");
            history.gradient = reader.vector("prev_flat_grad");
            history.loss = reader.number("prev_loss");
            for (int i = 0; left.containsKey(PREFIX + "ro." + i); i++) {
                history.ys.add(reader.vector("old_dirs." + i));
                history.ss.add(reader.vector("old_stps." + i));
                history.rhos.add(reader.number("ro." + i));
            }
        }
        if (!left.isEmpty()) {
            throw StateDict.unlike(
                    optimizer, "unexpected " + new TreeSet<>(left.keySet()), "it remembers no such thing");
        }
        return history;
    }

    private record Reader(Optimizer optimizer, Map<String, Tensor> left, DType type, long n) {
        private Tensor take(String name) {
            Tensor t = left.remove(PREFIX + name);
            if (t == null) {
                throw StateDict.unlike(optimizer, "missing " + PREFIX + name, "the others cannot do without it");
            }
            return t;
        }

        private Tensor of(String name, long size, int rank) {
            Tensor t = take(name);
            if (t.numel() != size || t.shape().rank() != rank) {
                throw new ShapeException("LBFGS.loadStateDict: " + PREFIX + name + " of shape " + t.shape()
                        + ": the parameters have " + n + " elements together. Build the layers with the sizes they were"
                        + " saved with.");
            }
            return t;
        }

        double number(String name) {
            return of(name, 1, 0).item();
        }

        Tensor vector(String name) {
            return of(name, n, 1).detach().to(type).clone();
        }
    }
}
