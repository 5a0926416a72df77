package example;

import adjoint.Adjoint;
import adjoint.data.Batch;
import adjoint.data.DataLoader;
import adjoint.data.TensorDataset;
import adjoint.nn.Linear;
import adjoint.nn.MSELoss;
import adjoint.optim.SGD;
import adjoint.tensor.Tensor;

/** Learns the line y = 2 x - 3 from a hundred noisy points. */
public final class Line {
    private Line() {}

    public static void main(String[] args) {
        Adjoint.seed(0);
        var x = Tensor.randn(100, 1);
        var y = x.mul(2).sub(3).add(Tensor.normal(0, 0.01, 100, 1));

        var line = new Linear(1, 1);
        var loss = new MSELoss();
        var optimizer = new SGD(line.parameters(), 0.1);
        for (int epoch = 1; epoch <= 10; epoch++) {
            for (Batch batch : new DataLoader(new TensorDataset(x, y), 10).shuffle()) {
                optimizer.zeroGrad();
                loss.forward(line.forward(batch.x()), batch.y()).backward();
                optimizer.step();
            }
        }

        double slope = line.weight().item();
        double intercept = line.bias().item();
        System.out.printf("y = %.2f x %+.2f (%s)%n", slope, intercept, where());
        if (Math.abs(slope - 2) > 0.02 || Math.abs(intercept + 3) > 0.02) {
            System.err.println("That is not the line the points lie on.");
            System.exit(1);
        }
    }

    private static String where() {
        return Line.class.getModule().isNamed() ? "on the module path" : "on the class path";
    }
}
