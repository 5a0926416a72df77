package adjoint.bench.work;

import adjoint.Adjoint;
import adjoint.autograd.Autograd;
import adjoint.tensor.Tensor;
import java.util.List;

/** The lesson on linear regression between two of its steps, written as {@code lessons/05-linear-regression} does. */
public final class Regression {
    static final int BATCH = 10;

    private final Tensor x;
    private final Tensor y;
    private final Tensor w;
    private final Tensor b;
    private final List<Tensor> parameters;

    /** At its beginning, with a batch that is drawn here. */
    public Regression() {
        Adjoint.seed(0);
        x = Tensor.normal(0, 1, BATCH, 2);
        y = labels(x);
        w = Tensor.normal(0, 0.01, 2, 1).requiresGrad(true);
        b = Tensor.zeros(1).requiresGrad(true);
        parameters = List.of(w, b);
    }

    Regression(Tensor x, Tensor y, Tensor w, Tensor b) {
        this.x = x;
        this.y = y;
        this.w = w;
        this.b = b;
        parameters = List.of(w, b);
    }

    /** One step; gives the loss of each sample, {@code [n, 1]}. */
    public Tensor step(double lr) {
        return step(x, y, lr);
    }

    Tensor step(Tensor features, Tensor labels, double lr) {
        var l = squaredLoss(linreg(features, w, b), labels);
        l.sum().backward();
        sgd(parameters, lr, BATCH);
        return l;
    }

    Tensor x() {
        return x;
    }

    Tensor y() {
        return y;
    }

    Tensor w() {
        return w;
    }

    Tensor b() {
        return b;
    }

    /** y = Xw + b + noise with the lesson's w and b. */
    static Tensor labels(Tensor x) {
        var noise = Tensor.normal(0, 0.01, x.size(0), 1);
        return x.matmul(Tensor.of(2, -3.4).reshape(2, 1)).add(4.2).add(noise);
    }

    private static Tensor linreg(Tensor x, Tensor w, Tensor b) {
        return x.matmul(w).add(b);
    }

    private static Tensor squaredLoss(Tensor predicted, Tensor y) {
        return predicted.sub(y.reshape(predicted.shape().sizes())).pow(2).div(2);
    }

    private static void sgd(List<Tensor> parameters, double lr, int batchSize) {
        try (var _ = Autograd.noGrad()) {
            for (var p : parameters) {
                p.subInPlace(p.grad().mul(lr).div(batchSize));
                p.zeroGrad();
            }
        }
    }
}
