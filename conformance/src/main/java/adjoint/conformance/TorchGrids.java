package adjoint.conformance;

import static adjoint.conformance.TorchTable.both;

import adjoint.conformance.PythonRun.Tuple;
import adjoint.tensor.GridIndexing;
import adjoint.tensor.Sort;
import adjoint.tensor.Tensor;
import adjoint.tensor.Unique;
import adjoint.types.DType;
import adjoint.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Grids, triangles, combinations, counts; tensors taken apart and put together in rarer ways. */
final class TorchGrids {
    private TorchGrids() {}

    static void define() {
        grids();
        split();
        assembled();
        counted();
        seen();
    }

    private static void grids() {
        TorchTable.define(
                "torch.linspace(start, end, steps, dtype, requires_grad)",
                a -> leaf(
                        a,
                        Tensor.linspace(
                                a.dtype("dtype", DType.F32),
                                number(a, "start"),
                                number(a, "end"),
                                a.integer("steps", 0))));
        TorchTable.define(
                "torch.logspace(start, end, steps, base, dtype, requires_grad)",
                a -> leaf(
                        a,
                        Tensor.logspace(
                                a.dtype("dtype", DType.F32),
                                number(a, "start"),
                                number(a, "end"),
                                a.integer("steps", 0),
                                a.number("base", 10))));
        TorchTable.define(
                "torch.tril_indices(row, col, offset, dtype)",
                a -> Tensor.trilIndices(a.integer("row", 0), a.integer("col", 0), a.integer("offset", 0))
                        .to(a.dtype("dtype", DType.I64)));
        TorchTable.define(
                "torch.triu_indices(row, col, offset, dtype)",
                a -> Tensor.triuIndices(a.integer("row", 0), a.integer("col", 0), a.integer("offset", 0))
                        .to(a.dtype("dtype", DType.I64)));
        for (String name : List.of("torch.vander", "torch.linalg.vander")) {
            boolean rising = name.contains("linalg");
            TorchTable.define(name + "(x, N, increasing)", a -> {
                Tensor x = a.tensor("x");
                return x.vander(
                        a.integer("N", (int) x.numel()),
                        a.flag("increasing", rising) ? Sort.ASCENDING : Sort.DESCENDING);
            });
        }
        TorchTable.define("torch.meshgrid(*tensors, indexing)", a -> {
            Tensor[] axes = a.tensors("tensors").toArray(Tensor[]::new);
            return switch (a.get("indexing")) {
                case null -> Tensor.meshgrid(axes);
                case String s when s.equals("ij") -> Tensor.meshgrid(GridIndexing.IJ, axes);
                case String s when s.equals("xy") -> Tensor.meshgrid(GridIndexing.XY, axes);
                default -> throw new Unsupported("indexing " + a.get("indexing"));
            };
        });
        TorchTable.define(
                "torch.cartesian_prod(*tensors)",
                a -> Tensor.cartesianProd(a.tensors("tensors").toArray(Tensor[]::new)));
        TorchTable.define(
                "torch.combinations(input, r, with_replacement)",
                a -> a.flag("with_replacement", false)
                        ? a.tensor("input").combinationsWithReplacement(a.integer("r", 2))
                        : a.tensor("input").combinations(a.integer("r", 2)));
    }

    private static double number(Arguments a, String name) {
        return a.get(name) instanceof Tensor t ? t.item() : a.number(name);
    }

    private static Tensor leaf(Arguments a, Tensor x) {
        return a.flag("requires_grad", false) ? x.requiresGrad(true) : x;
    }

    private static long[] positions(Arguments a, String name) {
        return a.get(name) instanceof Tensor t ? t.toLongs() : a.sizes(name);
    }

    private static void split() {
        both(
                "hsplit(input, sections)",
                a -> a.get("sections") instanceof Long n
                        ? a.tensor("input").hsplit(n)
                        : a.tensor("input").hsplit(positions(a, "sections")));
        both(
                "vsplit(input, sections)",
                a -> a.get("sections") instanceof Long n
                        ? a.tensor("input").vsplit(n)
                        : a.tensor("input").vsplit(positions(a, "sections")));
        both(
                "dsplit(input, sections)",
                a -> a.get("sections") instanceof Long n
                        ? a.tensor("input").dsplit(n)
                        : a.tensor("input").dsplit(positions(a, "sections")));
        both(
                "tensor_split(input, sections, dim)",
                a -> a.get("sections") instanceof Long n
                        ? a.tensor("input").tensorSplit(n, a.integer("dim", 0))
                        : a.tensor("input").tensorSplit(positions(a, "sections"), a.integer("dim", 0)));
        both(
                "split_with_sizes(input, split_sizes, dim)",
                a -> a.tensor("input").split(a.sizes("split_sizes"), a.integer("dim", 0)));
    }

    private static void assembled() {
        TorchTable.define(
                "torch.block_diag(*tensors)",
                a -> Tensor.blockDiag(a.has("tensors") ? a.tensors("tensors").toArray(Tensor[]::new) : new Tensor[0]));
        TorchTable.define(
                "torch.row_stack(tensors)",
                a -> Tensor.vstack(a.tensors("tensors").toArray(Tensor[]::new)));
        both(
                "select_scatter(input, src, dim, index)",
                a -> a.tensor("input").selectScatter(a.tensor("src"), a.integer("dim", 0), a.integer("index", 0)));
        both(
                "slice_scatter(input, src, dim, start, end, step)",
                a -> a.tensor("input")
                        .sliceScatter(
                                a.tensor("src"),
                                a.integer("dim", 0),
                                a.integer("start", 0),
                                a.integer("end", Integer.MAX_VALUE),
                                a.integer("step", 1)));
        both(
                "diagonal_scatter(input, src, offset, dim1, dim2)",
                a -> a.tensor("input")
                        .diagonalScatter(
                                a.tensor("src"), a.integer("offset", 0), a.integer("dim1", 0), a.integer("dim2", 1)));
        both(
                "as_strided_scatter(input, src, size, stride, storage_offset)",
                a -> a.tensor("input")
                        .asStridedScatter(
                                a.tensor("src"), a.sizes("size"), a.sizes("stride"), a.integer("storage_offset", 0)));
    }

    private static Object unique(Arguments a, Unique found) {
        List<Object> parts = new ArrayList<>(List.of(found.values()));
        if (a.flag("return_inverse", false)) {
            parts.add(found.inverse());
        }
        if (a.flag("return_counts", false)) {
            parts.add(found.counts());
        }
        return parts.size() == 1 ? found.values() : new Tuple(parts);
    }

    private static void counted() {
        both(
                "bincount(input, weights, minlength)",
                a -> a.tensor("input")
                        .bincount(a.has("weights") ? a.tensor("weights") : null, a.integer("minlength", 0)));
        TorchTable.define("torch.isin(elements, test_elements, assume_unique, invert)", a -> {
            a.flag("assume_unique", false); // which only makes it faster there
            Tensor found = PythonRun.tensor(a.get("elements")).isIn(PythonRun.tensor(a.get("test_elements")));
            return a.flag("invert", false) ? found.logicalNot() : found;
        });
        both(
                "unique_consecutive(input, return_inverse, return_counts)",
                a -> unique(a, a.tensor("input").uniqueConsecutive()));
        TorchTable.define(
                "torch.unravel_index(indices, shape)",
                a -> new Tuple(new ArrayList<>(a.tensor("indices").unravelIndex(a.sizes("shape")))));
        both(
                "diff(input, n, dim, prepend, append)",
                a -> a.tensor("input")
                        .diff(
                                a.integer("n", 1),
                                a.integer("dim", -1),
                                a.has("prepend") ? a.tensor("prepend") : null,
                                a.has("append") ? a.tensor("append") : null));
    }

    /** A function of one tensor or of several. */
    private static void each(String name, UnaryOperator<Tensor> body) {
        TorchTable.define("torch." + name + "(*tensors)", a -> {
            List<Tensor> results = a.tensors("tensors").stream().map(body).toList();
            return results.size() == 1 ? results.getFirst() : new Tuple(new ArrayList<>(results));
        });
    }

    private static void seen() {
        TorchTable.define("torch.empty_like(input, dtype)", a -> {
            Tensor x = a.tensor("input");
            return Tensor.zeros(a.dtype("dtype", x.dtype()), x.shape().sizes());
        });
        each("atleast_1d", Tensor::atLeast1d);
        each("atleast_2d", Tensor::atLeast2d);
        each("atleast_3d", Tensor::atLeast3d);
        both(
                "as_strided(input, size, stride, storage_offset)",
                a -> a.tensor("input").asStrided(a.sizes("size"), a.sizes("stride"), a.integer("storage_offset", 0)));
        TorchTable.define(
                "Tensor.reshape_as(input, other)", a -> a.tensor("input").reshapeAs(a.tensor("other")));
        TorchTable.define(
                "Tensor.type_as(input, other)",
                a -> a.tensor("input").to(a.tensor("other").dtype()));
        TorchTable.define(
                "Tensor.sum_to_size(input, *size)", a -> a.tensor("input").sumTo(Shape.of(a.sizes("size"))));
        both("rot90(input, k, dims)", a -> {
            int[] plane = a.has("dims") ? a.dims("dims") : new int[] {0, 1};
            if (plane.length != 2) {
                throw new Unsupported("a plane of " + plane.length + " dimensions"); // which cannot be written
            }
            return a.tensor("input").rot90(a.integer("k", 1), plane[0], plane[1]);
        });
        both("unflatten(input, dim, sizes)", a -> a.tensor("input").unflatten(a.integer("dim", 0), a.sizes("sizes")));
        both(
                "moveaxis(input, source, destination)",
                a -> a.tensor("input").movedim(a.dims("source"), a.dims("destination")));
        both("take_along_dim(input, indices, dim)", a -> {
            Tensor x = a.tensor("input");
            return a.has("dim")
                    ? x.takeAlongDim(a.tensor("indices"), a.integer("dim", 0))
                    : x.flatten().takeAlongDim(a.tensor("indices").flatten(), 0);
        });
        both(
                "narrow_copy(input, dim, start, length)",
                a -> a.tensor("input")
                        .narrow(a.integer("dim", 0), a.integer("start", 0), a.integer("length", 0))
                        .clone());
        TorchTable.define("torch.broadcast_shapes(*shapes)", a -> {
            Shape[] shapes = a.has("shapes")
                    ? Torch.items(a.get("shapes")).stream()
                            .map(TorchGrids::shape)
                            .toArray(Shape[]::new)
                    : new Shape[0];
            return new Torch.Size(Arrays.stream(Tensor.broadcastShapes(shapes).sizes())
                    .<Object>mapToObj(size -> size)
                    .toList());
        });
    }

    private static Shape shape(Object value) {
        return value instanceof Long n
                ? Shape.of(n)
                : Shape.of(Torch.items(value).stream().mapToLong(v -> (Long) v).toArray());
    }
}
