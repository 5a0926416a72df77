package adjoint.bench.libtorch;

import static org.bytedeco.pytorch.global.torch.add;
import static org.bytedeco.pytorch.global.torch.gelu;
import static org.bytedeco.pytorch.global.torch.mm;
import static org.bytedeco.pytorch.global.torch.mul;

import adjoint.bench.work.Addition;
import adjoint.bench.work.ConvolutionPass;
import adjoint.bench.work.DrawingStep;
import adjoint.bench.work.Elementwise;
import adjoint.bench.work.GeluAffine;
import adjoint.bench.work.LayerPass;
import adjoint.bench.work.LeNetStep;
import adjoint.bench.work.LineOperation;
import adjoint.bench.work.Lookup;
import adjoint.bench.work.LstmPass;
import adjoint.bench.work.MatrixProduct;
import adjoint.bench.work.MlpStep;
import adjoint.bench.work.Pass;
import adjoint.bench.work.Peer;
import adjoint.bench.work.Rearranging;
import adjoint.bench.work.RegressionStep;
import adjoint.bench.work.RowOperation;
import adjoint.bench.work.ScalarChain;
import adjoint.bench.work.SmallAddition;
import adjoint.bench.work.Task;
import adjoint.bench.work.TransformerBlock;
import adjoint.bench.work.Work;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** PyTorch's C++ library through JavaCPP: the same kernels that Python calls, without Python. */
public final class LibTorch implements Peer {
    /** For the service loader. */
    public LibTorch() {}

    @Override
    public String name() {
        return "libtorch";
    }

    @Override
    public String version() {
        String parts = torch.show_config()
                .getString()
                .lines()
                .map(line -> line.replaceFirst("^\\s*-\\s*", "").replaceFirst(" \\(Git Hash.*", ""))
                .filter(line -> line.startsWith("Intel(R) MKL-DNN") || line.startsWith("CPU capability"))
                .collect(Collectors.joining(", "));
        return "org.bytedeco:pytorch:2.10.0-1.5.13 with OpenBLAS, " + parts;
    }

    @Override
    public void threads(int n) {
        torch.set_num_threads(n);
        openblas.blas_set_num_threads(n);
    }

    @Override
    public Task prepare(Work work, Map<String, adjoint.tensor.Tensor> given) {
        var inputs = new Inputs(given);
        return switch (work) {
            case RegressionStep(var style) -> Training.regression(style, inputs);
            case DrawingStep() -> null;
            case ScalarChain(var factor, var pass) -> chain(factor, pass);
            case Addition sum -> addition(sum.result(), inputs);
            case GeluAffine gelu -> geluAffine(gelu.pass(), inputs);
            case Elementwise one -> elementwise(one.function(), inputs);
            case MatrixProduct _ -> product(inputs);
            case RowOperation(var function, var pass) -> rows(function, pass, inputs);
            case MlpStep() -> Training.mlp(inputs);
            case LeNetStep() -> Training.leNet(inputs);
            case ConvolutionPass() -> Networks.convolution(inputs);
            case LstmPass() -> Networks.lstm(inputs);
            case TransformerBlock(var pass) -> Networks.transformer(pass, inputs);
            case SmallAddition(var _, var mode) -> small(mode, inputs);
            case LayerPass(var layer) -> Layers.pass(layer, inputs);
            case Lookup(var function) -> Places.lookup(function, inputs);
            case LineOperation(var function) -> Places.lines(function, inputs);
            case Rearranging(var function) -> Places.rearranging(function, inputs);
        };
    }

    private static Task chain(ScalarChain.Factor factor, Pass pass) {
        var number = new Scalar(ScalarChain.NUMBER);
        return TorchTask.forward(() -> {
            Tensor x = torch.tensor(1f).set_requires_grad(true);
            Tensor y = x;
            for (int i = 0; i < ScalarChain.LENGTH; i++) {
                y = factor == ScalarChain.Factor.LEAF ? mul(y, x) : mul(y, number);
            }
            if (pass == Pass.FORWARD) {
                return y;
            }
            y.backward();
            return x.grad();
        });
    }

    private static Task addition(Addition.Result result, Inputs inputs) {
        Tensor x = inputs.copy("x");
        Tensor w = inputs.copy("w");
        return TorchTask.forward(result == Addition.Result.NEW ? () -> add(x, w) : () -> x.add_(w));
    }

    private static Task small(SmallAddition.Mode mode, Inputs inputs) {
        Tensor a = inputs.parameter("a");
        Tensor b = inputs.copy("b");
        Tensor[] results = new Tensor[SmallAddition.CALLS];
        Supplier<Tensor> additions = () -> {
            for (int i = 0; i < SmallAddition.CALLS; i++) {
                results[i] = add(a, b);
            }
            return results[0];
        };
        return TorchTask.forward(
                mode == SmallAddition.Mode.RECORDED
                        ? additions
                        : () -> {
                            try (var _ = new NoGradGuard()) {
                                return additions.get();
                            }
                        });
    }

    private static Task geluAffine(Pass pass, Inputs inputs) {
        Tensor x = inputs.leaf("x", pass);
        Tensor w = inputs.leaf("w", pass);
        Tensor b = inputs.leaf("b", pass);
        return TorchTask.of(pass, inputs, () -> gelu(add(mul(x, w), b)), x, w, b);
    }

    private static Task elementwise(Elementwise.Function function, Inputs inputs) {
        Tensor x = inputs.copy("x");
        return TorchTask.forward(
                switch (function) {
                    case EXP -> () -> torch.exp(x);
                    case TANH -> () -> torch.tanh(x);
                    case SUM -> x::sum;
                });
    }

    private static Task product(Inputs inputs) {
        Tensor a = inputs.copy("a");
        Tensor b = inputs.copy("b");
        return TorchTask.forward(() -> mm(a, b));
    }

    private static Task rows(RowOperation.Function function, Pass pass, Inputs inputs) {
        Tensor x = inputs.leaf("x", pass);
        if (function == RowOperation.Function.LAYER_NORM) {
            Tensor weight = inputs.leaf("weight", pass);
            Tensor bias = inputs.leaf("bias", pass);
            var w = new TensorOptional(weight);
            var b = new TensorOptional(bias);
            long[] shape = {RowOperation.COLUMNS};
            return TorchTask.of(
                    pass, inputs, () -> torch.layer_norm(x, shape, w, b, RowOperation.EPS, false), x, weight, bias);
        }
        var sameType = new ScalarTypeOptional();
        boolean log = function == RowOperation.Function.LOG_SOFTMAX;
        return TorchTask.of(
                pass, inputs, () -> log ? torch.log_softmax(x, 1, sameType) : torch.softmax(x, 1, sameType), x);
    }
}
