package adjoint.bench.work;

import adjoint.nn.CrossEntropyLoss;
import adjoint.nn.Sequential;
import adjoint.optim.SGD;
import adjoint.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** Steps of classification with a network, by plain descent. */
public final class NetworkTraining implements Task {
    private final Sequential net;
    private final Tensor x;
    private final Tensor y;
    private final CrossEntropyLoss loss = new CrossEntropyLoss();
    private final SGD sgd;

    /** With such a network, its parameters set to the inputs of their names. */
    NetworkTraining(Sequential net, Map<String, Tensor> inputs, double lr) {
        this.net = net;
        net.loadStateDict(Ours.state(inputs));
        x = inputs.get("x");
        y = inputs.get("y");
        sgd = new SGD(net.parameters(), lr);
    }

    /** The loss, with the graph that leads back from it. */
    public Tensor loss() {
        return loss.forward(net.forward(x), y);
    }

    private Tensor step() {
        var l = loss();
        sgd.zeroGrad();
        l.backward();
        sgd.step();
        return l;
    }

    @Override
    public Object run() {
        return step();
    }

    @Override
    public List<double[]> numbers() {
        return Ours.training(this::step, net.parameters()).numbers();
    }
}
