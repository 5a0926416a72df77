package adjoint.tensor;

import adjoint.op.SearchSorted;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How often numbers occur, which of them occur, and where a position lies. */
final class Counting {
    private Counting() {}

    static Tensor bincount(Tensor x, Tensor weights, long least) {
        if (!x.dtype().isInteger()) {
            throw new DTypeException(
                    "bincount: of " + x.dtype() + ": bins are numbered by integers. Convert with to(DType.I64).");
        }
        if (x.shape().rank() != 1 || (weights != null && !weights.shape().equals(x.shape()))) {
            throw new ShapeException("bincount: of shape " + x.shape()
                    + (weights == null ? "" : " with weights " + weights.shape())
                    + ": both are vectors of one length. Flatten them.");
        }
        Tensor bins = x.to(DType.I64);
        if (least < 0 || (x.numel() > 0 && bins.min().itemLong() < 0)) {
            throw new ValueException("bincount: bins from "
                    + (x.numel() == 0 ? 0 : bins.min().itemLong()) + ", at least " + least
                    + " of them: bins and their number are not negative. Check the data.");
        }
        long count = Math.max(least, x.numel() == 0 ? 0 : bins.max().itemLong() + 1);
        Tensor amounts = weights == null
                ? Tensor.ones(DType.I64, x.numel())
                : weights.dtype() == DType.F32 ? weights : weights.to(DType.F64);
        return Tensor.zeros(amounts.dtype(), count).indexAdd(0, bins, amounts.detach());
    }

    static Tensor isIn(Tensor x, Tensor elements) {
        DType type = DType.promote(x.dtype(), elements.dtype());
        if (elements.numel() == 0) {
            return Tensor.zeros(DType.BOOL, x.shape().sizes());
        }
        Tensor sorted = elements.detach().to(type).flatten().sort(0).values();
        Tensor flat = x.detach().to(type).flatten();
        Tensor at = sorted.searchSorted(flat, SearchSorted.Side.LEFT).clampMax(sorted.numel() - 1);
        return sorted.indexSelect(0, at).eq(flat).reshape(x.shape().sizes());
    }

    static Unique uniqueConsecutive(Tensor x) {
        Tensor flat = x.detach().flatten();
        long n = flat.numel();
        if (n == 0) {
            Tensor none = Tensor.zeros(DType.I64, 0);
            return new Unique(flat, none.reshape(x.shape().sizes()), none);
        }
        Tensor starts =
                Tensor.cat(0, Tensor.ones(DType.BOOL, 1), flat.slice(0, 1, n).ne(flat.slice(0, 0, n - 1)));
        Tensor first = starts.nonzero().flatten();
        Tensor counts = Tensor.cat(0, first.slice(0, 1, first.numel()), Tensor.full(n, 1))
                .sub(first);
        Tensor inverse = starts.to(DType.I64).cumsum(0).sub(1L);
        return new Unique(flat.indexSelect(0, first), inverse.reshape(x.shape().sizes()), counts);
    }

    static List<Tensor> unravelIndex(Tensor x, long... shape) {
        if (!x.dtype().isInteger()) {
            throw new DTypeException(
                    "unravelIndex: of " + x.dtype() + ": positions are integers. Convert with to(DType.I64).");
        }
        if (Arrays.stream(shape).anyMatch(s -> s < 0)) {
            throw new ShapeException("unravelIndex: in shape " + Arrays.toString(shape)
                    + ": a size is negative. Give the shape that is indexed.");
        }
        List<Tensor> positions = new ArrayList<>();
        long step = 1;
        for (int d = shape.length - 1; d >= 0; d--) {
            positions.addFirst(x.floorDivide(step).remainder(shape[d]));
            step *= shape[d];
        }
        return List.copyOf(positions);
    }
}
