package adjoint.conformance;

import adjoint.conformance.PythonRun.Tuple;
import adjoint.nn.Functional;
import adjoint.nn.Pooling;
import adjoint.tensor.Tensor;
import adjoint.tensor.ValuesAndIndices;
import java.util.List;

/** Pooling: the largest, means and norms of windows. */
final class TorchPooling {
    private TorchPooling() {}

    private interface Largest {
        ValuesAndIndices of(Tensor x, Pooling pooling);
    }

    private interface Average {
        Tensor of(Tensor x, Pooling pooling);
    }

    private interface Norm {
        Tensor of(Tensor x, double p, Pooling pooling);
    }

    private interface Adaptive {
        Tensor of(Tensor x, long... sizes);
    }

    private interface AdaptiveLargest {
        ValuesAndIndices of(Tensor x, long... sizes);
    }

    private interface Unpool {
        Tensor of(Tensor x, Tensor indices, Pooling pooling, long... sizes);
    }

    static void define() {
        largest(1, Functional::maxPool1dWithIndices, Functional::adaptiveMaxPool1dWithIndices, Functional::maxUnpool1d);
        largest(2, Functional::maxPool2dWithIndices, Functional::adaptiveMaxPool2dWithIndices, Functional::maxUnpool2d);
        largest(3, Functional::maxPool3dWithIndices, Functional::adaptiveMaxPool3dWithIndices, Functional::maxUnpool3d);
        means(1, Functional::avgPool1d, Functional::adaptiveAvgPool1d, Functional::lpPool1d);
        means(2, Functional::avgPool2d, Functional::adaptiveAvgPool2d, Functional::lpPool2d);
        means(3, Functional::avgPool3d, Functional::adaptiveAvgPool3d, Functional::lpPool3d);
    }

    /** The options that all kinds have. */
    static Pooling windows(Arguments a) {
        Pooling pooling = Pooling.window(a.sizes("kernel_size"));
        pooling = a.has("stride") && a.sizes("stride").length > 0 ? pooling.stride(a.sizes("stride")) : pooling;
        pooling = a.has("padding") ? pooling.padding(a.sizes("padding")) : pooling;
        pooling = a.has("dilation") ? pooling.dilation(a.sizes("dilation")) : pooling;
        pooling = a.flag("ceil_mode", false) ? pooling.ceilMode() : pooling;
        pooling = a.flag("count_include_pad", true) ? pooling : pooling.excludePadding();
        return a.has("divisor_override") ? pooling.divisor(a.integer("divisor_override", 1)) : pooling;
    }

    /** Sizes of which some may be None. */
    static long[] outputSize(Arguments a, int dims) {
        if (!a.has("output_size")) {
            if (dims > 1) {
                return new long[] {Pooling.KEEP};
            }
            throw new Unsupported("no output_size"); // which cannot be written here
        }
        if (a.get("output_size") instanceof Long one) {
            return new long[] {one};
        }
        return Torch.items(a.get("output_size")).stream()
                .mapToLong(size -> size == null ? Pooling.KEEP : (Long) size)
                .toArray();
    }

    private static Object both(Arguments a, ValuesAndIndices found) {
        return a.flag("return_indices", false) ? new Tuple(List.of(found.values(), found.indices())) : found.values();
    }

    private static void largest(int dims, Largest max, AdaptiveLargest adaptive, Unpool unpool) {
        for (String module : List.of("F.", "torch.")) {
            String options = "(input, kernel_size, stride, padding, dilation, ceil_mode"
                    + (module.equals("F.") ? ", return_indices)" : ")");
            TorchTable.define(
                    module + "max_pool" + dims + "d" + options, a -> both(a, max.of(a.tensor("input"), windows(a))));
            TorchTable.define(
                    module + "adaptive_max_pool" + dims + "d(input, output_size, return_indices)",
                    a -> both(a, adaptive.of(a.tensor("input"), outputSize(a, dims))));
        }
        TorchTable.define(
                "F.max_pool" + dims + "d_with_indices(input, kernel_size, stride, padding, dilation, ceil_mode)", a -> {
                    ValuesAndIndices found = max.of(a.tensor("input"), windows(a));
                    return new Tuple(List.of(found.values(), found.indices()));
                });
        TorchTable.define(
                "F.max_unpool" + dims + "d(input, indices, kernel_size, stride, padding, output_size)",
                a -> unpool.of(a.tensor("input"), a.tensor("indices"), windows(a), lastSizes(a, dims)));
    }

    /** With or without those of examples and channels. */
    private static long[] lastSizes(Arguments a, int dims) {
        long[] sizes = a.sizes("output_size");
        return sizes.length == dims + 2 ? java.util.Arrays.copyOfRange(sizes, 2, sizes.length) : sizes;
    }

    private static void means(int dims, Average mean, Adaptive adaptive, Norm norm) {
        String divisor = dims == 1 ? ")" : ", divisor_override)";
        for (String module : List.of("F.", "torch.")) {
            TorchTable.define(
                    module + "avg_pool" + dims + "d(input, kernel_size, stride, padding, ceil_mode, count_include_pad"
                            + divisor,
                    a -> mean.of(a.tensor("input"), windows(a)));
            TorchTable.define(
                    module + "adaptive_avg_pool" + dims + "d(input, output_size)",
                    a -> adaptive.of(a.tensor("input"), outputSize(a, dims)));
        }
        TorchTable.define(
                "F.lp_pool" + dims + "d(input, norm_type, kernel_size, stride, ceil_mode)",
                a -> norm.of(a.tensor("input"), a.number("norm_type"), windows(a)));
    }
}
