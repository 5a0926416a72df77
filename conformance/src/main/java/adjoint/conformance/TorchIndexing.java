package adjoint.conformance;

import static adjoint.conformance.TorchTable.both;

import adjoint.conformance.PythonRun.Tuple;
import adjoint.nn.Functional;
import adjoint.op.Accumulate;
import adjoint.op.SearchSorted;
import adjoint.tensor.Included;
import adjoint.tensor.Index;
import adjoint.tensor.ScatterReduction;
import adjoint.tensor.Tensor;
import java.util.List;
import java.util.Locale;

/** Reading and writing at computed positions. */
final class TorchIndexing {
    private TorchIndexing() {}

    static void define() {
        both("gather(input, dim, index)", a -> a.tensor("input").gather(a.integer("dim", 0), a.tensor("index")));
        both(
                "index_select(input, dim, index)",
                a -> a.tensor("input").indexSelect(a.integer("dim", 0), a.tensor("index")));
        both("masked_select(input, mask)", a -> a.tensor("input").maskedSelect(a.tensor("mask")));
        both(
                "nonzero(input, as_tuple)",
                a -> a.flag("as_tuple", false)
                        ? new Tuple(List.copyOf(a.tensor("input").nonzeroAsList()))
                        : a.tensor("input").nonzero());
        both("argwhere(input)", a -> a.tensor("input").argwhere());
        both("take(input, index)", a -> a.tensor("input").take(a.tensor("index")));
        TorchTable.define("_set(x, index, value)", a -> {
            Tensor x = a.tensor("x").clone();
            Torch.setItem(x, a.get("index"), a.get("value"));
            return x;
        });
        scattering();
        masks();
        searching();
        embeddings();
    }

    private static void scattering() {
        both(
                "scatter(input, dim, index, src, reduce)",
                a -> a.get("src") instanceof Tensor source
                        ? a.tensor("input").scatter(a.integer("dim", 0), a.tensor("index"), source)
                        : a.tensor("input").scatter(a.integer("dim", 0), a.tensor("index"), a.number("src")));
        TorchTable.define(
                "Tensor.scatter_(input, dim, index, src)",
                a -> a.get("src") instanceof Tensor source
                        ? a.tensor("input").scatterInPlace(a.integer("dim", 0), a.tensor("index"), source)
                        : a.tensor("input").scatterInPlace(a.integer("dim", 0), a.tensor("index"), a.number("src")));
        both(
                "scatter_add(input, dim, index, src)",
                a -> a.tensor("input").scatterAdd(a.integer("dim", 0), a.tensor("index"), a.tensor("src")));
        TorchTable.define(
                "Tensor.scatter_add_(input, dim, index, src)",
                a -> a.tensor("input").scatterAddInPlace(a.integer("dim", 0), a.tensor("index"), a.tensor("src")));
        both(
                "scatter_reduce(input, dim, index, src, reduce, include_self)",
                a -> a.tensor("input")
                        .scatterReduce(
                                a.integer("dim", 0),
                                a.tensor("index"),
                                a.tensor("src"),
                                ScatterReduction.valueOf(((String) a.get("reduce")).toUpperCase(Locale.ROOT)),
                                a.flag("include_self", true) ? Included.SELF : Included.SOURCE_ONLY));
        both(
                "index_add(input, dim, index, source, alpha)",
                a -> a.tensor("input")
                        .indexAdd(a.integer("dim", 0), a.tensor("index"), a.tensor("source"), a.number("alpha", 1)));
        TorchTable.define(
                "Tensor.index_add_(input, dim, index, source, alpha)",
                a -> a.tensor("input")
                        .indexAddInPlace(
                                a.integer("dim", 0), a.tensor("index"), a.tensor("source"), a.number("alpha", 1)));
        both(
                "index_copy(input, dim, index, source)",
                a -> a.tensor("input").indexCopy(a.integer("dim", 0), a.tensor("index"), a.tensor("source")));
        both(
                "index_fill(input, dim, index, value)",
                a -> a.get("value") instanceof Tensor value
                        ? a.tensor("input").indexFill(a.integer("dim", 0), a.tensor("index"), value)
                        : a.tensor("input").indexFill(a.integer("dim", 0), a.tensor("index"), a.number("value")));
        both(
                "index_put(input, indices, values, accumulate)",
                a -> a.tensor("input")
                        .indexPut(
                                a.tensor("values"),
                                a.flag("accumulate", false) ? Accumulate.ADD : Accumulate.REPLACE,
                                a.tensors("indices").stream().map(Index::of).toArray(Index[]::new)));
    }

    private static void masks() {
        both(
                "masked_fill(input, mask, value)",
                a -> a.get("value") instanceof Tensor value
                        ? a.tensor("input").maskedFill(a.tensor("mask"), value)
                        : a.tensor("input").maskedFill(a.tensor("mask"), a.number("value")));
        TorchTable.define(
                "Tensor.masked_fill_(input, mask, value)",
                a -> a.get("value") instanceof Tensor value
                        ? a.tensor("input").maskedFillInPlace(a.tensor("mask"), value)
                        : a.tensor("input").maskedFillInPlace(a.tensor("mask"), a.number("value")));
        both(
                "masked_scatter(input, mask, source)",
                a -> a.tensor("input").maskedScatter(a.tensor("mask"), a.tensor("source")));
    }

    private static void searching() {
        TorchTable.define(
                "torch.searchsorted(sorted_sequence, input, right)",
                a -> a.tensor("sorted_sequence").searchSorted(a.tensor("input"), side(a)));
        TorchTable.define(
                "torch.bucketize(input, boundaries, right)",
                a -> a.tensor("input").bucketize(a.tensor("boundaries"), side(a)));
    }

    private static SearchSorted.Side side(Arguments a) {
        return a.flag("right", false) ? SearchSorted.Side.RIGHT : SearchSorted.Side.LEFT;
    }

    private static void embeddings() {
        TorchTable.define(
                "F.one_hot(input, num_classes)",
                a -> a.has("num_classes")
                        ? Functional.oneHot(a.tensor("input"), a.integer("num_classes", -1))
                        : Functional.oneHot(a.tensor("input")));
    }
}
