package adjoint.conformance;

import static adjoint.conformance.TorchTable.both;
import static adjoint.conformance.TorchTable.unary;

import adjoint.conformance.PythonRun.Tuple;
import adjoint.tensor.Sort;
import adjoint.tensor.Tensor;
import adjoint.tensor.Unique;
import adjoint.tensor.ValuesAndIndices;
import java.util.ArrayList;
import java.util.List;

/** Sums, means, extremes and their kin; running ones; order. */
final class TorchReductions {
    private TorchReductions() {}

    static void define() {
        both("sum(input, dim, keepdim, dtype)", a -> cast(a).sum(a.dims("dim"), a.keep("keepdim")));
        both("mean(input, dim, keepdim, dtype)", a -> cast(a).mean(a.dims("dim"), a.keep("keepdim")));
        both("amax(input, dim, keepdim)", a -> a.tensor("input").amax(a.dims("dim"), a.keep("keepdim")));
        both("amin(input, dim, keepdim)", a -> a.tensor("input").amin(a.dims("dim"), a.keep("keepdim")));
        both("max(input, dim, keepdim)", a -> {
            Tensor x = a.tensor("input");
            return switch (a.get("dim")) {
                case null -> x.max();
                case Tensor other -> x.maximum(other);
                default -> pair("max", x.max(a.integer("dim", 0), a.keep("keepdim")));
            };
        });
        both("min(input, dim, keepdim)", a -> {
            Tensor x = a.tensor("input");
            return switch (a.get("dim")) {
                case null -> x.min();
                case Tensor other -> x.minimum(other);
                default -> pair("min", x.min(a.integer("dim", 0), a.keep("keepdim")));
            };
        });
        both(
                "argmax(input, dim, keepdim)",
                a -> a.has("dim")
                        ? a.tensor("input").argmax(a.integer("dim", 0), a.keep("keepdim"))
                        : a.tensor("input").argmax());
        both(
                "argmin(input, dim, keepdim)",
                a -> a.has("dim")
                        ? a.tensor("input").argmin(a.integer("dim", 0), a.keep("keepdim"))
                        : a.tensor("input").argmin());
        both("all(input, dim, keepdim)", a -> a.tensor("input").all(a.dims("dim"), a.keep("keepdim")));
        both("any(input, dim, keepdim)", a -> a.tensor("input").any(a.dims("dim"), a.keep("keepdim")));
        both("count_nonzero(input, dim)", a -> a.tensor("input").countNonzero(a.dims("dim")));
        both("nansum(input, dim, keepdim)", a -> a.tensor("input").nansum(a.dims("dim"), a.keep("keepdim")));
        both("nanmean(input, dim, keepdim)", a -> a.tensor("input").nanmean(a.dims("dim"), a.keep("keepdim")));
        both("logsumexp(input, dim, keepdim)", a -> a.tensor("input").logsumexp(a.dims("dim"), a.keep("keepdim")));
        both(
                "prod(input, dim, keepdim, dtype)",
                a -> a.has("dim") ? cast(a).prod(a.integer("dim", 0), a.keep("keepdim")) : cast(a).prod());
        String spread = "(input, dim, unbiased, keepdim, correction)";
        both("var" + spread, a -> a.tensor("input").var(correction(a), a.dims("dim"), a.keep("keepdim")));
        both("std" + spread, a -> a.tensor("input").std(correction(a), a.dims("dim"), a.keep("keepdim")));
        both("var_mean" + spread, a -> {
            Tensor x = a.tensor("input");
            return new Tuple(List.of(
                    x.var(correction(a), a.dims("dim"), a.keep("keepdim")), x.mean(a.dims("dim"), a.keep("keepdim"))));
        });
        both("std_mean" + spread, a -> {
            Tensor x = a.tensor("input");
            return new Tuple(List.of(
                    x.std(correction(a), a.dims("dim"), a.keep("keepdim")), x.mean(a.dims("dim"), a.keep("keepdim"))));
        });
        both("cov(input, correction)", a -> a.tensor("input").cov(a.number("correction", 1)));
        unary("corrcoef", Tensor::corrcoef);
        both(
                "histc(input, bins, min, max)",
                a -> a.tensor("input").histc(a.integer("bins", 100), a.number("min", 0), a.number("max", 0)));
        scans();
        order();
    }

    static Tensor cast(Arguments a) {
        Tensor x = a.tensor("input");
        return x.to(a.dtype("dtype", x.dtype()));
    }

    private static double correction(Arguments a) {
        return a.has("unbiased") ? a.flag("unbiased", true) ? 1 : 0 : a.number("correction", 1);
    }

    private static void scans() {
        both("cumsum(input, dim, dtype)", a -> cast(a).cumsum(a.integer("dim", 0)));
        both("cumprod(input, dim, dtype)", a -> cast(a).cumprod(a.integer("dim", 0)));
        both("logcumsumexp(input, dim)", a -> a.tensor("input").logcumsumexp(a.integer("dim", 0)));
        both("cummax(input, dim)", a -> pair("cummax", a.tensor("input").cummax(a.integer("dim", 0))));
        both("cummin(input, dim)", a -> pair("cummin", a.tensor("input").cummin(a.integer("dim", 0))));
    }

    private static Sort order(Arguments a, String flag, boolean otherwise) {
        return a.flag(flag, otherwise) ? Sort.DESCENDING : Sort.ASCENDING;
    }

    private static void order() {
        both("sort(input, dim, descending, stable)", a -> {
            a.flag("stable", true); // always
            return pair("sort", a.tensor("input").sort(a.integer("dim", -1), order(a, "descending", false)));
        });
        both("argsort(input, dim, descending, stable)", a -> {
            a.flag("stable", true);
            return a.tensor("input").argsort(a.integer("dim", -1), order(a, "descending", false));
        });
        both("topk(input, k, dim, largest, sorted)", a -> {
            a.flag("sorted", true);
            return pair(
                    "topk", a.tensor("input").topk(a.integer("k", 0), a.integer("dim", -1), order(a, "largest", true)));
        });
        both(
                "median(input, dim, keepdim)",
                a -> a.has("dim")
                        ? pair("median", a.tensor("input").median(a.integer("dim", 0), a.keep("keepdim")))
                        : a.tensor("input").median());
        both(
                "nanmedian(input, dim, keepdim)",
                a -> a.has("dim")
                        ? pair("nanmedian", a.tensor("input").nanmedian(a.integer("dim", 0), a.keep("keepdim")))
                        : a.tensor("input").nanmedian());
        both(
                "mode(input, dim, keepdim)",
                a -> pair("mode", a.tensor("input").mode(a.integer("dim", -1), a.keep("keepdim"))));
        both(
                "kthvalue(input, k, dim, keepdim)",
                a -> pair(
                        "kthvalue",
                        a.tensor("input").kthvalue(a.integer("k", 0), a.integer("dim", -1), a.keep("keepdim"))));
        both("quantile(input, q, dim, keepdim)", a -> {
            Tensor x = a.has("dim") ? a.tensor("input") : a.tensor("input").flatten();
            int dim = a.integer("dim", 0);
            return a.get("q") instanceof Tensor q
                    ? x.quantile(q, dim, a.keep("keepdim"))
                    : x.quantile(a.number("q", 0), dim, a.keep("keepdim"));
        });
        both("unique(input, return_inverse, return_counts)", a -> {
            Unique u = a.tensor("input").unique();
            List<Object> parts = new ArrayList<>(List.of(u.values()));
            if (a.flag("return_inverse", false)) {
                parts.add(u.inverse());
            }
            if (a.flag("return_counts", false)) {
                parts.add(u.counts());
            }
            return parts.size() == 1 ? u.values() : new Tuple(parts);
        });
    }

    private static Tuple pair(String name, ValuesAndIndices result) {
        return new Tuple(List.of(result.values(), result.indices()), name);
    }
}
