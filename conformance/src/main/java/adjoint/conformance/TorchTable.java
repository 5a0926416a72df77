package adjoint.conformance;

import adjoint.autograd.Autograd;
import adjoint.conformance.PythonRun.Callable;
import adjoint.conformance.PythonRun.Slice;
import adjoint.conformance.PythonRun.Tuple;
import adjoint.tensor.GraphOption;
import adjoint.tensor.NaNs;
import adjoint.tensor.Sort;
import adjoint.tensor.Tensor;
import adjoint.tensor.Unique;
import adjoint.tensor.ValuesAndIndices;
import adjoint.types.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * PyTorch's functions by name, as calls of this library. A line here makes every reference case that needs no more
 * than that function count; arguments that a line does not look at make a case unsupported, not wrong.
 */
final class TorchTable {
    static final Map<String, Callable> FUNCTIONS = new HashMap<>();

    static {
        elementwise();
        TorchTypes.define();
        TorchObjects.define();
        TorchOptim.define();
        TorchSchedules.define();
        TorchConvolution.define();
        TorchLayers.define();
        TorchRandom.define();
        TorchData.define();
        PythonModule.define();
        reductions();
        products();
        TorchLinalg.define();
        shapes();
        rearranging();
        TorchIndexing.define();
        TorchActivations.define();
        creation();
        inPlace();
        gradients();
        python();
    }

    private TorchTable() {}

    /** Defines a function by its signature, {@code name(first, second, *rest)}. */
    static void define(String signature, Function<Arguments, Object> body) {
        int open = signature.indexOf('(');
        String name = signature.substring(0, open);
        String inside = signature.substring(open + 1, signature.length() - 1);
        List<String> names = inside.isEmpty() ? List.of() : List.of(inside.split(", "));
        FUNCTIONS.put(name, (positional, named) -> {
            var arguments = new Arguments(name, names, positional, named);
            Object result = body.apply(arguments);
            arguments.checkAllRead();
            return result;
        });
    }

    /** Defines a function of module torch that is also a method. */
    static void both(String signature, Function<Arguments, Object> body) {
        define("torch." + signature, body);
        define("Tensor." + signature, body);
    }

    static void unary(String name, UnaryOperator<Tensor> body) {
        both(name + "(input)", a -> body.apply(a.tensor("input")));
    }

    static void operator(String name, String operator) {
        both(name + "(input, other)", a -> Torch.operation(operator, a.get("input"), a.get("other")));
    }

    private static void scaled(String name, String operator) {
        both(name + "(input, other, alpha)", a -> {
            Object other = a.has("alpha") ? Torch.operation("*", a.get("other"), a.get("alpha")) : a.get("other");
            return Torch.operation(operator, a.get("input"), other);
        });
    }

    private static Tensor clamp(Arguments a) {
        Tensor x = a.tensor("input");
        if (!a.has("min") && !a.has("max")) {
            throw new Unwritable("clamp without a bound");
        }
        Tensor low = switch (a.get("min")) {
            case null -> x;
            case Long min -> x.clampMin(min);
            case Tensor min -> x.clampMin(min);
            default -> x.clampMin(a.number("min", 0));
        };
        return switch (a.get("max")) {
            case null -> low;
            case Long max -> low.clampMax(max);
            case Tensor max -> low.clampMax(max);
            default -> low.clampMax(a.number("max", 0));
        };
    }

    private static void elementwise() {
        for (String name : List.of("clamp", "clip")) {
            both(name + "(input, min, max)", TorchTable::clamp);
        }
        both("clamp_min(input, min)", a -> a.tensor("input").clampMin(a.number("min", 0)));
        both("clamp_max(input, max)", a -> a.tensor("input").clampMax(a.number("max", 0)));
        define(
                "Tensor.clamp_(input, min, max)",
                a -> a.tensor("input").clampInPlace(a.number("min", 0), a.number("max", 0)));
        define(
                "Tensor.addcmul_(input, tensor1, tensor2, value)",
                a -> a.tensor("input").addcmulInPlace(a.tensor("tensor1"), a.tensor("tensor2"), a.number("value", 1)));
        both("diff(input, n, dim)", a -> a.tensor("input").diff(a.integer("n", 1), a.integer("dim", -1)));
        scaled("add", "+");
        scaled("sub", "-");
        scaled("subtract", "-");
        operator("mul", "*");
        operator("multiply", "*");
        operator("true_divide", "/");
        both("pow(input, exponent)", a -> Torch.operation("**", a.get("input"), a.get("exponent")));
        operator("eq", "==");
        operator("ne", "!=");
        operator("lt", "<");
        operator("le", "<=");
        operator("gt", ">");
        operator("ge", ">=");
        both("maximum(input, other)", a -> a.tensor("input").maximum(a.tensor("other")));
        both("minimum(input, other)", a -> a.tensor("input").minimum(a.tensor("other")));
        both("logical_and(input, other)", a -> a.tensor("input").logicalAnd(a.tensor("other")));
        both("logical_or(input, other)", a -> a.tensor("input").logicalOr(a.tensor("other")));
        both("logical_xor(input, other)", a -> a.tensor("input").logicalXor(a.tensor("other")));
        both("equal(input, other)", a -> a.tensor("input").equal(a.tensor("other")));
        define(
                "torch.where(condition, input, other)",
                a -> Torch.where(a.tensor("condition"), a.get("input"), a.get("other")));
        unary("logical_not", Tensor::logicalNot);
        unary("isnan", Tensor::isNaN);
        unary("neg", Tensor::neg);
        unary("negative", Tensor::neg);
        unary("abs", Tensor::abs);
        unary("absolute", Tensor::abs);
        unary("sign", Tensor::sign);
        unary("sgn", Tensor::sign);
        unary("exp", Tensor::exp);
        unary("expm1", Tensor::expm1);
        unary("log", Tensor::log);
        unary("log1p", Tensor::log1p);
        unary("sqrt", Tensor::sqrt);
        unary("reciprocal", Tensor::reciprocal);
        unary("square", Tensor::square);
        unary("sin", Tensor::sin);
        unary("cos", Tensor::cos);
        unary("tanh", Tensor::tanh);
        unary("sigmoid", Tensor::sigmoid);
        unary("exp2", Tensor::exp2);
        unary("log2", Tensor::log2);
        unary("log10", Tensor::log10);
        unary("rsqrt", Tensor::rsqrt);
        unary("tan", Tensor::tan);
        unary("asin", Tensor::asin);
        unary("arcsin", Tensor::asin);
        unary("acos", Tensor::acos);
        unary("arccos", Tensor::acos);
        unary("atan", Tensor::atan);
        unary("arctan", Tensor::atan);
        unary("sinh", Tensor::sinh);
        unary("cosh", Tensor::cosh);
        unary("asinh", Tensor::asinh);
        unary("acosh", Tensor::acosh);
        unary("atanh", Tensor::atanh);
        unary("erf", Tensor::erf);
        unary("erfc", Tensor::erfc);
        unary("erfinv", Tensor::erfinv);
        unary("lgamma", Tensor::lgamma);
        unary("digamma", Tensor::digamma);
        unary("i0", Tensor::i0);
        unary("sinc", Tensor::sinc);
        unary("deg2rad", Tensor::deg2rad);
        unary("rad2deg", Tensor::rad2deg);
        unary("isinf", Tensor::isInf);
        unary("isfinite", Tensor::isFinite);
        unary("signbit", Tensor::signBit);
        both(
                "logit(input, eps)",
                a -> a.has("eps")
                        ? a.tensor("input").logit(a.number("eps", 0))
                        : a.tensor("input").logit());
        both("atan2(input, other)", a -> a.tensor("input").atan2(a.tensor("other")));
        both("hypot(input, other)", a -> a.tensor("input").hypot(a.tensor("other")));
        both("logaddexp(input, other)", a -> a.tensor("input").logaddexp(a.tensor("other")));
        both("fmax(input, other)", a -> a.tensor("input").fmax(a.tensor("other")));
        both("fmin(input, other)", a -> a.tensor("input").fmin(a.tensor("other")));
        both(
                "xlogy(input, other)",
                a -> a.get("other") instanceof Tensor b
                        ? a.tensor("input").xlogy(b)
                        : a.tensor("input").xlogy(a.number("other", 0)));
        both(
                "copysign(input, other)",
                a -> a.get("other") instanceof Tensor b
                        ? a.tensor("input").copysign(b)
                        : a.tensor("input").copysign(a.number("other", 0)));
        both(
                "lerp(input, end, weight)",
                a -> a.get("weight") instanceof Tensor w
                        ? a.tensor("input").lerp(a.tensor("end"), w)
                        : a.tensor("input").lerp(a.tensor("end"), a.number("weight", 0)));
        both(
                "addcmul(input, tensor1, tensor2, value)",
                a -> a.tensor("input").addcmul(a.tensor("tensor1"), a.tensor("tensor2"), a.number("value", 1)));
        both(
                "addcdiv(input, tensor1, tensor2, value)",
                a -> a.tensor("input").addcdiv(a.tensor("tensor1"), a.tensor("tensor2"), a.number("value", 1)));
        both(
                "isclose(input, other, rtol, atol, equal_nan)",
                a -> a.tensor("input")
                        .isClose(
                                a.tensor("other"),
                                a.number("rtol", 1e-5),
                                a.number("atol", 1e-8),
                                a.flag("equal_nan", false) ? NaNs.EQUAL : NaNs.DIFFERENT));
        both(
                "nan_to_num(input, nan, posinf, neginf)",
                a -> a.has("posinf")
                        ? a.tensor("input").nanToNum(a.number("nan", 0), a.number("posinf", 0), a.number("neginf", 0))
                        : a.tensor("input").nanToNum());
        unary("relu", Tensor::relu);
    }

    private static Tensor cast(Arguments a) {
        Tensor x = a.tensor("input");
        return x.to(a.dtype("dtype", x.dtype()));
    }

    private static void reductions() {
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
        both(
                "norm(input, p, dim, keepdim)",
                a -> a.tensor("input").norm(norm(a.get("p")), a.dims("dim"), a.keep("keepdim")));
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

    private static double norm(Object p) {
        return switch (p) {
            case null -> 2;
            case String s when s.equals("fro") -> 2;
            case Number n -> n.doubleValue();
            default -> throw new Unsupported("norm " + p);
        };
    }

    private static Tuple pair(String name, ValuesAndIndices result) {
        return new Tuple(List.of(result.values(), result.indices()), name);
    }

    private static void products() {
        both("matmul(input, other)", a -> a.tensor("input").matmul(a.tensor("other")));
        both("dot(input, tensor)", a -> a.tensor("input").dot(a.tensor("tensor")));
        both("vdot(input, other)", a -> a.tensor("input").dot(a.tensor("other")));
        both("mm(input, mat2)", a -> a.tensor("input").mm(a.tensor("mat2")));
        both("mv(input, vec)", a -> a.tensor("input").mv(a.tensor("vec")));
        both("bmm(input, mat2)", a -> a.tensor("input").bmm(a.tensor("mat2")));
        added("addmm", "mat1", "mat2", Tensor::addmm);
        added("addmv", "mat", "vec", Tensor::addmv);
        added("addr", "vec1", "vec2", Tensor::addr);
        added("addbmm", "batch1", "batch2", Tensor::addbmm);
        added("baddbmm", "batch1", "batch2", Tensor::baddbmm);
        both("outer(input, vec2)", a -> a.tensor("input").outer(a.tensor("vec2")));
        both("ger(input, vec2)", a -> a.tensor("input").outer(a.tensor("vec2")));
        both("inner(input, other)", a -> a.tensor("input").inner(a.tensor("other")));
        both("kron(input, other)", a -> a.tensor("input").kron(a.tensor("other")));
        both("cross(input, other, dim)", a -> a.tensor("input").cross(a.tensor("other"), a.integer("dim", -1)));
        both("trace(input)", a -> a.tensor("input").trace());
        both("dist(input, other, p)", a -> a.tensor("input").dist(a.tensor("other"), a.number("p", 2)));
        define(
                "torch.einsum(equation, *operands)",
                a -> Tensor.einsum(
                        (String) a.get("equation"), a.tensors("operands").toArray(Tensor[]::new)));
        define("torch.tensordot(a, b, dims)", a -> {
            if (a.get("dims") instanceof Long count) {
                return a.tensor("a").tensordot(a.tensor("b"), Math.toIntExact(count));
            }
            List<Object> dims = Torch.items(a.get("dims"));
            return a.tensor("a").tensordot(a.tensor("b"), ints(dims.get(0)), ints(dims.get(1)));
        });
        define("F.linear(input, weight, bias)", a -> {
            Tensor y = a.tensor("input").matmul(a.tensor("weight").t());
            return a.has("bias") ? y.add(a.tensor("bias")) : y;
        });
    }

    private static int[] ints(Object list) {
        return Torch.items(list).stream()
                .mapToInt(v -> Math.toIntExact((Long) v))
                .toArray();
    }

    /** A product added to a tensor. */
    @FunctionalInterface
    private interface Added {
        Tensor of(Tensor x, Tensor a, Tensor b, double beta, double alpha);
    }

    private static void added(String name, String left, String right, Added body) {
        both(
                name + "(input, " + left + ", " + right + ", beta, alpha)",
                a -> body.of(
                        a.tensor("input"), a.tensor(left), a.tensor(right), a.number("beta", 1), a.number("alpha", 1)));
    }

    private static void shapes() {
        both("reshape(input, *shape)", a -> a.tensor("input").reshape(a.sizes("shape")));
        define("Tensor.view(input, *shape)", a -> a.tensor("input").view(a.sizes("shape")));
        define(
                "Tensor.view_as(input, other)",
                a -> a.tensor("input").view(a.tensor("other").shape().sizes()));
        both(
                "flatten(input, start_dim, end_dim)",
                a -> a.tensor("input").flatten(a.integer("start_dim", 0), a.integer("end_dim", -1)));
        unary("ravel", Tensor::flatten);
        both(
                "squeeze(input, dim)",
                a -> a.has("dim")
                        ? a.tensor("input").squeeze(a.integer("dim", 0))
                        : a.tensor("input").squeeze());
        both("unsqueeze(input, dim)", a -> a.tensor("input").unsqueeze(a.integer("dim", 0)));
        both("permute(input, *dims)", a -> a.tensor("input").permute(a.dims("dims")));
        for (String name : List.of("transpose", "swapaxes", "swapdims")) {
            both(
                    name + "(input, dim0, dim1)",
                    a -> a.tensor("input").transpose(a.integer("dim0", 0), a.integer("dim1", 0)));
        }
        unary("t", Tensor::t);
        define("Tensor.expand(input, *size)", a -> a.tensor("input").expand(a.sizes("size")));
        define(
                "Tensor.expand_as(input, other)",
                a -> a.tensor("input").expand(a.tensor("other").shape().sizes()));
        both("broadcast_to(input, size)", a -> a.tensor("input").expand(a.sizes("size")));
        both("select(input, dim, index)", a -> a.tensor("input").select(a.integer("dim", 0), a.integer("index", 0)));
        both(
                "narrow(input, dim, start, length)",
                a -> a.tensor("input").narrow(a.integer("dim", 0), a.integer("start", 0), a.integer("length", 0)));
        for (String name : List.of("cat", "concat", "concatenate")) {
            define("torch." + name + "(tensors, dim)", a -> Tensor.cat(a.integer("dim", 0), a.tensors("tensors")));
        }
        define("torch.stack(tensors, dim)", a -> Tensor.stack(a.integer("dim", 0), a.tensors("tensors")));
        unary("clone", Tensor::clone);
        define("Tensor.contiguous(input)", a -> a.tensor("input").contiguous());
        define("Tensor.is_contiguous(input)", a -> a.tensor("input").isContiguous());
        define(
                "Tensor.stride(input)",
                a -> new Tuple(Arrays.stream(a.tensor("input").strides())
                        .<Object>mapToObj(stride -> stride)
                        .toList()));
        define("Tensor.storage_offset(input)", a -> a.tensor("input").storageOffset());
        define("Tensor.storage(input)", a -> new Torch.Storage(a.tensor("input")));
        define("Tensor.double(input)", a -> a.tensor("input").to(DType.F64));
        define("Tensor.float(input)", a -> a.tensor("input").to(DType.F32));
        define("Tensor.long(input)", a -> a.tensor("input").to(DType.I64));
        define("Tensor.int(input)", a -> a.tensor("input").to(DType.I32));
        define("Tensor.short(input)", a -> a.tensor("input").to(DType.I16));
        define("Tensor.byte(input)", a -> a.tensor("input").to(DType.U8));
        define("Tensor.bool(input)", a -> a.tensor("input").to(DType.BOOL));
        define("Tensor.to(input, dtype)", TorchTable::cast);
        define("Tensor.type(input, dtype)", TorchTable::cast);
    }

    private static void rearranging() {
        both("split(tensor, split_size, dim)", a -> {
            Tensor x = a.tensor("tensor");
            int dim = a.integer("dim", 0);
            return a.get("split_size") instanceof Long size ? x.split(size, dim) : x.split(a.sizes("split_size"), dim);
        });
        both("chunk(input, chunks, dim)", a -> a.tensor("input").chunk(a.integer("chunks", 0), a.integer("dim", 0)));
        both("unbind(input, dim)", a -> a.tensor("input").unbind(a.integer("dim", 0)));
        both(
                "movedim(input, source, destination)",
                a -> a.tensor("input").movedim(a.dims("source"), a.dims("destination")));
        both(
                "diagonal(input, offset, dim1, dim2)",
                a -> a.tensor("input").diagonal(a.integer("offset", 0), a.integer("dim1", 0), a.integer("dim2", 1)));
        both("diag(input, diagonal)", a -> a.tensor("input").diag(a.integer("diagonal", 0)));
        both("diag_embed(input, offset)", a -> a.tensor("input").diagEmbed(a.integer("offset", 0)));
        both("diagflat(input, offset)", a -> a.tensor("input").diagflat(a.integer("offset", 0)));
        both("tril(input, diagonal)", a -> a.tensor("input").tril(a.integer("diagonal", 0)));
        both("triu(input, diagonal)", a -> a.tensor("input").triu(a.integer("diagonal", 0)));
        define(
                "Tensor.unfold(input, dimension, size, step)",
                a -> a.tensor("input").unfold(a.integer("dimension", 0), a.integer("size", 0), a.integer("step", 1)));
        both("flip(input, *dims)", a -> a.tensor("input").flip(a.dims("dims")));
        unary("fliplr", Tensor::fliplr);
        unary("flipud", Tensor::flipud);
        both(
                "roll(input, shifts, dims)",
                a -> a.has("dims")
                        ? a.tensor("input").roll(a.sizes("shifts"), a.dims("dims"))
                        : a.tensor("input").roll(a.integer("shifts", 0)));
        define("Tensor.repeat(input, *sizes)", a -> a.tensor("input").repeat(a.sizes("sizes")));
        both("tile(input, *dims)", a -> a.tensor("input").tile(a.sizes("dims")));
        both("repeat_interleave(input, repeats, dim)", a -> {
            Tensor x = a.tensor("input");
            if (a.get("repeats") instanceof Tensor times) {
                return x.repeatInterleave(times, a.integer("dim", 0));
            }
            return a.has("dim")
                    ? x.repeatInterleave(a.integer("repeats", 0), a.integer("dim", 0))
                    : x.repeatInterleave(a.integer("repeats", 0));
        });
        define("torch.hstack(tensors)", a -> Tensor.hstack(a.tensors("tensors").toArray(Tensor[]::new)));
        define("torch.vstack(tensors)", a -> Tensor.vstack(a.tensors("tensors").toArray(Tensor[]::new)));
        define("torch.dstack(tensors)", a -> Tensor.dstack(a.tensors("tensors").toArray(Tensor[]::new)));
        define(
                "torch.column_stack(tensors)",
                a -> Tensor.columnStack(a.tensors("tensors").toArray(Tensor[]::new)));
        define(
                "torch.broadcast_tensors(*tensors)",
                a -> Tensor.broadcastTensors(a.tensors("tensors").toArray(Tensor[]::new)));
        unary("atleast_1d", Tensor::atLeast1d);
        unary("atleast_2d", Tensor::atLeast2d);
        unary("atleast_3d", Tensor::atLeast3d);
    }

    static Tensor leaf(Arguments a, Tensor x) {
        return a.flag("requires_grad", false) ? x.requiresGrad(true) : x;
    }

    private static void creation() {
        define("torch.arange(start, end, step, dtype, requires_grad)", a -> leaf(a, arange(a)));
        define(
                "torch.zeros(*size, dtype, requires_grad)",
                a -> leaf(a, Tensor.zeros(a.dtype("dtype", DType.F32), a.sizes("size"))));
        define(
                "torch.ones(*size, dtype, requires_grad)",
                a -> leaf(a, Tensor.ones(a.dtype("dtype", DType.F32), a.sizes("size"))));
        define("torch.empty(*size, dtype)", a -> Tensor.zeros(a.dtype("dtype", DType.F32), a.sizes("size")));
        define("torch.full(size, fill_value, dtype)", a -> {
            DType natural = a.get("fill_value") instanceof Long ? DType.I64 : DType.F32;
            return Tensor.full(a.dtype("dtype", natural), a.number("fill_value", 0), a.sizes("size"));
        });
        define("torch.eye(n, dtype)", a -> Tensor.eye(a.integer("n", 0)).to(a.dtype("dtype", DType.F32)));
        define("torch.zeros_like(input)", a -> Tensor.zerosLike(a.tensor("input")));
        define("torch.ones_like(input)", a -> Tensor.onesLike(a.tensor("input")));
        define(
                "torch.full_like(input, fill_value)",
                a -> Tensor.fullLike(a.tensor("input"), a.number("fill_value", 0)));
        define("torch.scalar_tensor(s)", a -> Tensor.scalar(a.number("s", 0)));
        define("torch.tensor(data, dtype, requires_grad)", a -> leaf(a, tensor(a.get("data"), a.dtype("dtype", null))));
    }

    private static Tensor arange(Arguments a) {
        boolean one = !a.has("end");
        Object start = one ? (Object) 0L : a.get("start");
        Object end = one ? a.get("start") : a.get("end");
        Object step = a.has("step") ? a.get("step") : (Object) 1L;
        boolean whole = start instanceof Long && end instanceof Long && step instanceof Long;
        if (!a.has("dtype") && one && end instanceof Double d) {
            return Tensor.arange(d);
        }
        if (!a.has("dtype") && whole) {
            return Tensor.arange((Long) start, (Long) end, (Long) step);
        }
        return Tensor.arange(
                a.dtype("dtype", DType.F32),
                ((Number) start).doubleValue(),
                ((Number) end).doubleValue(),
                ((Number) step).doubleValue());
    }

    /** A tensor of nested lists of numbers or truth values. */
    static Tensor tensor(Object data, DType dtype) {
        if (data instanceof Tensor t) {
            return t.detach().clone().to(dtype == null ? t.dtype() : dtype);
        }
        List<Object> flat = PythonRun.flat(data);
        List<Long> sizes = new ArrayList<>();
        for (Object at = data;
                at instanceof List<?> || at instanceof Tuple;
                at = Torch.items(at).isEmpty() ? null : Torch.items(at).getFirst()) {
            sizes.add((long) Torch.items(at).size());
        }
        long[] shape = sizes.stream().mapToLong(Long::longValue).toArray();
        if (flat.stream().allMatch(Boolean.class::isInstance) && !flat.isEmpty()) {
            boolean[] truths = new boolean[flat.size()];
            for (int i = 0; i < truths.length; i++) {
                truths[i] = (Boolean) flat.get(i);
            }
            return Tensor.of(truths).to(dtype == null ? DType.BOOL : dtype).reshape(shape);
        }
        if (!flat.stream().allMatch(Number.class::isInstance)) {
            throw new Unwritable("a tensor of " + PythonValues.className(data));
        }
        if (flat.stream().allMatch(Long.class::isInstance) && !flat.isEmpty()) {
            long[] whole = flat.stream().mapToLong(v -> (Long) v).toArray();
            return Tensor.of(whole).to(dtype == null ? DType.I64 : dtype).reshape(shape);
        }
        double[] real =
                flat.stream().mapToDouble(v -> ((Number) v).doubleValue()).toArray();
        return Tensor.of(real, dtype == null ? DType.F32 : dtype).reshape(shape);
    }

    private static void updates(String name, String operator) {
        define("Tensor." + name + "(input, other)", a -> Torch.update(operator, a.tensor("input"), a.get("other")));
    }

    private static void change(String name, UnaryOperator<Tensor> body) {
        define("Tensor." + name + "(input)", a -> body.apply(a.tensor("input")));
        define("torch." + name + "(input)", a -> body.apply(a.tensor("input")));
    }

    private static void inPlace() {
        updates("add_", "+");
        updates("sub_", "-");
        updates("mul_", "*");
        updates("div_", "/");
        updates("pow_", "**");
        change("neg_", Tensor::negInPlace);
        change("abs_", Tensor::absInPlace);
        change("exp_", Tensor::expInPlace);
        change("log_", Tensor::logInPlace);
        change("sqrt_", Tensor::sqrtInPlace);
        change("tanh_", Tensor::tanhInPlace);
        change("sigmoid_", Tensor::sigmoidInPlace);
        change("relu_", Tensor::reluInPlace);
        change("zero_", Tensor::zeroInPlace);
        define("Tensor.fill_(input, value)", a -> a.tensor("input").fillInPlace(a.number("value", 0)));
        define("Tensor.copy_(input, src)", a -> a.tensor("input").copyInPlace(a.tensor("src")));
        define(
                "Tensor.normal_(input, mean, std)",
                a -> a.tensor("input").normalInPlace(a.number("mean", 0), a.number("std", 1)));
    }

    private static GraphOption[] options(Arguments a) {
        List<GraphOption> options = new ArrayList<>();
        if (a.flag("retain_graph", false)) {
            options.add(GraphOption.RETAIN_GRAPH);
        }
        if (a.flag("create_graph", false)) {
            options.add(GraphOption.CREATE_GRAPH);
        }
        if (a.flag("allow_unused", false)) {
            options.add(GraphOption.ALLOW_UNUSED);
        }
        return options.toArray(new GraphOption[0]);
    }

    private static List<Tensor> one(Arguments a, String name) {
        return a.get(name) instanceof Tensor t ? List.of(t) : a.tensors(name);
    }

    private static List<Tensor> optional(Object tensors) {
        return tensors instanceof Tensor t
                ? List.of(t)
                : Torch.items(tensors).stream().map(Tensor.class::cast).toList();
    }

    /** Of one input; those of several come nested in PyTorch. */
    private static Object derivative(String name, Arguments a, List<Tensor> v) {
        if (!(a.get("func") instanceof Callable f) || !(a.get("inputs") instanceof Tensor x)) {
            throw new Unsupported(name + " of several inputs");
        }
        List<Object> results = Functional.apply(name, f, List.of(x), v);
        return results.size() == 1 ? results.getFirst() : new Tuple(results);
    }

    private static void gradients() {
        define(
                "Tensor.requires_grad_(input, requires_grad)",
                a -> a.tensor("input").requiresGrad(a.flag("requires_grad", true)));
        define("Tensor.detach(input)", a -> a.tensor("input").detach());
        define("Tensor.retain_grad(input)", a -> a.tensor("input").retainGrad());
        define("Tensor.register_hook(input, hook)", a -> {
            Callable hook = (Callable) a.get("hook");
            return a.tensor("input").registerHook(g -> (Tensor) hook.call(List.of(g), Map.of()));
        });
        define("torch.autograd.backward(tensors, grad_tensors, retain_graph, create_graph, inputs)", a -> {
            List<Tensor> gradients = a.has("grad_tensors") ? optional(a.get("grad_tensors")) : null;
            if (a.has("inputs")) {
                Autograd.backward(one(a, "tensors"), gradients, one(a, "inputs"), options(a));
            } else {
                Autograd.backward(one(a, "tensors"), gradients, options(a));
            }
            return null;
        });
        define("Tensor.backward(input, gradient, retain_graph, create_graph, inputs)", a -> {
            if (a.has("inputs")) {
                List<Tensor> gradient = a.has("gradient") ? List.of(a.tensor("gradient")) : null;
                Autograd.backward(List.of(a.tensor("input")), gradient, one(a, "inputs"), options(a));
            } else if (a.has("gradient")) {
                a.tensor("input").backward(a.tensor("gradient"), options(a));
            } else {
                a.tensor("input").backward(options(a));
            }
            return null;
        });
        define("torch.autograd.grad(outputs, inputs, grad_outputs, retain_graph, create_graph, allow_unused)", a -> {
            List<Tensor> incoming = a.has("grad_outputs") ? one(a, "grad_outputs") : null;
            return new Tuple(new ArrayList<>(Autograd.grad(one(a, "outputs"), one(a, "inputs"), incoming, options(a))));
        });
        for (String name : List.of("jacobian", "hessian")) {
            define("torch.autograd.functional." + name + "(func, inputs)", a -> derivative(name, a, List.of()));
        }
        for (String name : List.of("vjp", "jvp", "hvp", "vhp")) {
            define("torch.autograd.functional." + name + "(func, inputs, v)", a -> derivative(name, a, one(a, "v")));
        }
        define("torch.autograd.detect_anomaly()", _ -> new PythonContext(Autograd::detectAnomaly));
        define("torch.no_grad()", _ -> new PythonContext(Autograd::noGrad));
        define("torch.enable_grad()", _ -> new PythonContext(Autograd::enableGrad));
        for (String name : List.of("torch.set_grad_enabled", "torch.autograd.set_grad_enabled")) {
            define(name + "(mode)", a -> a.flag("mode", true) ? Autograd.enableGrad() : Autograd.noGrad());
        }
        define("Tensor.is_inference(input)", a -> a.tensor("input") == null);
        // Values and gradients are the function's; nothing is computed twice to save memory.
        define("torch.utils.checkpoint.checkpoint(function, *args, use_reentrant)", a -> {
            a.flag("use_reentrant", false);
            return PythonValues.call(a.get("function"), Torch.items(a.get("args")), Map.of());
        });
        define("torch.is_grad_enabled()", _ -> Autograd.isGradEnabled());
        // A tensor that is made without a graph costs no more here than one made in PyTorch's inference mode.
        define("torch.inference_mode(mode)", a -> new PythonContext(a.flag("mode", true) ? Autograd::noGrad : Autograd::enableGrad));
    }

    private static void python() {
        define("Tensor.item(input)", a -> PythonBuiltins.item(a.tensor("input")));
        for (String name : List.of("tolist", "numpy")) {
            define("Tensor." + name + "(input)", a -> PythonBuiltins.nested(a.tensor("input")));
        }
        both("numel(input)", a -> a.tensor("input").numel());
        for (String name : List.of("dim", "ndimension")) {
            define("Tensor." + name + "(input)", a -> (long) a.tensor("input").shape().rank());
        }
        define(
                "Tensor.size(input, dim)",
                a -> a.has("dim")
                        ? (Object) a.tensor("input").size(a.integer("dim", 0))
                        : new Torch.Size(Torch.shape(a.tensor("input")).items()));
        define("torch.Size(x)", a -> new Torch.Size(Torch.items(a.get("x"))));
        define("torch.device(type)", a -> new Torch.Device((String) a.get("type")));
        define("torch.is_tensor(x)", a -> a.get("x") instanceof Tensor);
    }
}
