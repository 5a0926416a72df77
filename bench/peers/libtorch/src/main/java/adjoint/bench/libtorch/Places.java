package adjoint.bench.libtorch;

import adjoint.bench.work.LineOperation;
import adjoint.bench.work.Lookup;
import adjoint.bench.work.Pass;
import adjoint.bench.work.Rearranging;
import adjoint.bench.work.Task;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Numbers found at places, put to places, or in order. */
final class Places {
    private Places() {}

    static Task lookup(Lookup.Function function, Inputs inputs) {
        Tensor index = inputs.copy("index");
        return switch (function) {
            case EMBEDDING -> {
                Tensor table = inputs.parameter("table");
                yield TorchTask.of(Pass.BACKWARD, inputs, () -> torch.embedding(table, index), table);
            }
            case INDEX_SELECT -> {
                Tensor table = inputs.copy("table");
                yield TorchTask.forward(() -> torch.index_select(table, 0, index));
            }
            case GATHER -> {
                Tensor x = inputs.copy("x");
                yield TorchTask.forward(() -> torch.gather(x, 1, index));
            }
            case SCATTER_ADD -> {
                Tensor x = inputs.copy("x");
                Tensor y = inputs.copy("y");
                yield TorchTask.forward(() -> torch.scatter_add(x, 1, index, y));
            }
        };
    }

    static Task lines(LineOperation.Function function, Inputs inputs) {
        Tensor x = inputs.copy("x");
        long[] rows = {1};
        return TorchTask.forward(
                switch (function) {
                    case CUMSUM -> () -> torch.cumsum(x, 1);
                    case SORT -> () -> torch.sort(x, 1, false).get0();
                    case TOP_K ->
                        () -> torch.topk(x, LineOperation.K, 1, true, true).get0();
                    case VAR -> () -> torch.var(x, rows, true, false);
                    case MAX -> () -> torch.max(x, 1).get0();
                    case COLUMN_SUM -> () -> torch.sum(x, 0);
                });
    }

    static Task rearranging(Rearranging.Function function, Inputs inputs) {
        Tensor x = inputs.copy("x");
        if (function == Rearranging.Function.CAT) {
            var both = new TensorVector(x, inputs.copy("y"));
            return TorchTask.forward(() -> torch.cat(both, 1));
        }
        Tensor seen = function == Rearranging.Function.TRANSPOSE ? x.t() : x.permute(0, 2, 3, 1);
        return TorchTask.forward(seen::contiguous);
    }
}
