package adjoint.conformance;

import adjoint.conformance.PythonRun.Tuple;
import adjoint.nn.AdaptiveAvgPool1d;
import adjoint.nn.AdaptiveAvgPool2d;
import adjoint.nn.AdaptiveAvgPool3d;
import adjoint.nn.AdaptiveMaxPool1d;
import adjoint.nn.AdaptiveMaxPool2d;
import adjoint.nn.AdaptiveMaxPool3d;
import adjoint.nn.AvgPool1d;
import adjoint.nn.AvgPool2d;
import adjoint.nn.AvgPool3d;
import adjoint.nn.ChannelShuffle;
import adjoint.nn.CircularPad1d;
import adjoint.nn.CircularPad2d;
import adjoint.nn.CircularPad3d;
import adjoint.nn.ConstantPad1d;
import adjoint.nn.ConstantPad2d;
import adjoint.nn.ConstantPad3d;
import adjoint.nn.Conv1d;
import adjoint.nn.Conv2d;
import adjoint.nn.Conv3d;
import adjoint.nn.ConvTranspose1d;
import adjoint.nn.ConvTranspose2d;
import adjoint.nn.ConvTranspose3d;
import adjoint.nn.Convolution;
import adjoint.nn.Flatten;
import adjoint.nn.Fold;
import adjoint.nn.LPPool1d;
import adjoint.nn.LPPool2d;
import adjoint.nn.LPPool3d;
import adjoint.nn.Layer;
import adjoint.nn.LazyConv1d;
import adjoint.nn.LazyConv2d;
import adjoint.nn.LazyConv3d;
import adjoint.nn.LazyConvTranspose1d;
import adjoint.nn.LazyConvTranspose2d;
import adjoint.nn.LazyConvTranspose3d;
import adjoint.nn.MaxPool1d;
import adjoint.nn.MaxPool2d;
import adjoint.nn.MaxPool3d;
import adjoint.nn.MaxUnpool1d;
import adjoint.nn.MaxUnpool2d;
import adjoint.nn.MaxUnpool3d;
import adjoint.nn.Model;
import adjoint.nn.PadMode;
import adjoint.nn.PixelShuffle;
import adjoint.nn.PixelUnshuffle;
import adjoint.nn.Pooling;
import adjoint.nn.ReflectionPad1d;
import adjoint.nn.ReflectionPad2d;
import adjoint.nn.ReflectionPad3d;
import adjoint.nn.ReplicationPad1d;
import adjoint.nn.ReplicationPad2d;
import adjoint.nn.ReplicationPad3d;
import adjoint.nn.Unflatten;
import adjoint.nn.Unfold;
import adjoint.nn.Upsample;
import adjoint.nn.ZeroPad1d;
import adjoint.nn.ZeroPad2d;
import adjoint.nn.ZeroPad3d;
import adjoint.tensor.Tensor;
import adjoint.tensor.ValuesAndIndices;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Layers that go over images with windows: convolution, pooling, padding and resizing. */
final class TorchWindows {
    private static final String CONV =
            "(in_channels, out_channels, kernel_size, stride, padding, dilation, groups, bias," + " padding_mode)";
    private static final String TRANSPOSED = "(in_channels, out_channels, kernel_size, stride, padding, output_padding,"
            + " groups, bias, dilation, padding_mode)";

    private TorchWindows() {}

    static void define() {
        convolutions();
        lazyConvolutions();
        pooling();
        adaptive();
        padding();
        images();
    }

    // ---------------------------------------------------------------- convolutions

    private interface Making {
        Layer of(long in, long out, long[] window, Convolution.Options options);
    }

    private interface MakingLazy {
        Layer of(long out, long[] window, Convolution.Options options);
    }

    private static Convolution.Options options(Arguments a) {
        Convolution.Options options = TorchConvolution.options(a);
        options = a.has("output_padding") ? options.outputPadding(a.sizes("output_padding")) : options;
        options = switch (a.get("padding_mode")) {
            case null -> options;
            case String mode when mode.equals("zeros") -> options.paddingMode(PadMode.CONSTANT);
            case String mode -> options.paddingMode(TorchConvolution.mode(mode));
            default -> throw new Unsupported("padding_mode " + a.get("padding_mode"));
        };
        return a.flag("bias", true) ? options : options.withoutBias();
    }

    private static void convolution(String signature, Making making) {
        TorchTable.define(
                "nn." + signature,
                a -> making.of(
                        a.integer("in_channels", 0), a.integer("out_channels", 0), a.sizes("kernel_size"), options(a)));
    }

    private static void convolutions() {
        convolution("Conv1d" + CONV, (in, out, k, o) -> new Conv1d(in, out, one(k), o));
        convolution("Conv2d" + CONV, Conv2d::new);
        convolution("Conv3d" + CONV, Conv3d::new);
        convolution("ConvTranspose1d" + TRANSPOSED, (in, out, k, o) -> new ConvTranspose1d(in, out, one(k), o));
        convolution("ConvTranspose2d" + TRANSPOSED, ConvTranspose2d::new);
        convolution("ConvTranspose3d" + TRANSPOSED, ConvTranspose3d::new);
        TorchTable.define("ConvTranspose1d.__call__(self, input, output_size)", a -> {
            var layer = (ConvTranspose1d) a.get("self");
            return a.has("output_size")
                    ? layer.forwardTo(a.tensor("input"), last(a, "output_size", 1))
                    : layer.forward(a.tensor("input"));
        });
        TorchTable.define("ConvTranspose2d.__call__(self, input, output_size)", a -> {
            var layer = (ConvTranspose2d) a.get("self");
            return a.has("output_size")
                    ? layer.forwardTo(a.tensor("input"), last(a, "output_size", 2))
                    : layer.forward(a.tensor("input"));
        });
        TorchTable.define("ConvTranspose3d.__call__(self, input, output_size)", a -> {
            var layer = (ConvTranspose3d) a.get("self");
            return a.has("output_size")
                    ? layer.forwardTo(a.tensor("input"), last(a, "output_size", 3))
                    : layer.forward(a.tensor("input"));
        });
    }

    private static void lazy(String signature, MakingLazy making) {
        TorchTable.define(
                "nn." + signature.replace("in_channels, ", ""),
                a -> making.of(a.integer("out_channels", 0), a.sizes("kernel_size"), options(a)));
    }

    private static void lazyConvolutions() {
        lazy("LazyConv1d" + CONV, (out, k, o) -> new LazyConv1d(out, one(k), o));
        lazy("LazyConv2d" + CONV, LazyConv2d::new);
        lazy("LazyConv3d" + CONV, LazyConv3d::new);
        lazy("LazyConvTranspose1d" + TRANSPOSED, (out, k, o) -> new LazyConvTranspose1d(out, one(k), o));
        lazy("LazyConvTranspose2d" + TRANSPOSED, LazyConvTranspose2d::new);
        lazy("LazyConvTranspose3d" + TRANSPOSED, LazyConvTranspose3d::new);
    }

    /** The only size of a window in one dimension. */
    private static long one(long... window) {
        if (window.length != 1) {
            throw new Unsupported("a window of " + Arrays.toString(window)); // which cannot be written here
        }
        return window[0];
    }

    /** Sizes with or without those of examples and channels. */
    private static long[] last(Arguments a, String name, int dims) {
        long[] sizes = a.sizes(name);
        return Arrays.copyOfRange(sizes, Math.max(sizes.length - dims, 0), sizes.length);
    }

    // ---------------------------------------------------------------- pooling

    private static void pool(String name, String signature, Function<Pooling, Model> making) {
        TorchTable.define("nn." + name + signature, a -> making.apply(TorchPooling.windows(a)));
    }

    private static void pooling() {
        String max = "(kernel_size, stride, padding, dilation, return_indices, ceil_mode)";
        largest("MaxPool1d" + max, a -> new MaxPool1d(TorchPooling.windows(a)), MaxPool1d::withIndices);
        largest("MaxPool2d" + max, a -> new MaxPool2d(TorchPooling.windows(a)), MaxPool2d::withIndices);
        largest("MaxPool3d" + max, a -> new MaxPool3d(TorchPooling.windows(a)), MaxPool3d::withIndices);
        String mean = "(kernel_size, stride, padding, ceil_mode, count_include_pad";
        pool("AvgPool1d", mean + ")", AvgPool1d::new);
        pool("AvgPool2d", mean + ", divisor_override)", AvgPool2d::new);
        pool("AvgPool3d", mean + ", divisor_override)", AvgPool3d::new);
        pool("MaxUnpool1d", "(kernel_size, stride, padding)", MaxUnpool1d::new);
        pool("MaxUnpool2d", "(kernel_size, stride, padding)", MaxUnpool2d::new);
        pool("MaxUnpool3d", "(kernel_size, stride, padding)", MaxUnpool3d::new);
        unpool(
                "MaxUnpool1d",
                a -> ((MaxUnpool1d) a.get("self"))
                        .forward(a.tensor("input"), a.tensor("indices"), last(a, "output_size", 1)));
        unpool(
                "MaxUnpool2d",
                a -> ((MaxUnpool2d) a.get("self"))
                        .forward(a.tensor("input"), a.tensor("indices"), last(a, "output_size", 2)));
        unpool(
                "MaxUnpool3d",
                a -> ((MaxUnpool3d) a.get("self"))
                        .forward(a.tensor("input"), a.tensor("indices"), last(a, "output_size", 3)));
        norm("LPPool1d", LPPool1d::new);
        norm("LPPool2d", LPPool2d::new);
        norm("LPPool3d", LPPool3d::new);
    }

    private static void norm(String name, BiFunction<Double, Pooling, Layer> making) {
        TorchTable.define(
                "nn." + name + "(norm_type, kernel_size, stride, ceil_mode)",
                a -> making.apply(a.number("norm_type"), TorchPooling.windows(a)));
    }

    private static void unpool(String name, Function<Arguments, Object> call) {
        TorchTable.define(name + ".__call__(self, input, indices, output_size)", call);
    }

    /** A layer that is asked for the places too. */
    private record Places<L extends Layer>(L layer, BiFunction<L, Tensor, ValuesAndIndices> find) implements Model {
        Object call(Arguments a) {
            ValuesAndIndices found = find.apply(layer, a.tensor("input"));
            return new Tuple(List.of(found.values(), found.indices()));
        }

        @Override
        public Map<String, Object> parts() {
            return Map.of();
        }

        @Override
        public String toString() {
            return layer.toString();
        }
    }

    private static <L extends Layer> void largest(
            String signature, Function<Arguments, L> making, BiFunction<L, Tensor, ValuesAndIndices> find) {
        TorchTable.define("nn." + signature, a -> {
            L layer = making.apply(a);
            return a.flag("return_indices", false) ? new Places<>(layer, find) : layer;
        });
        TorchTable.define("Places.__call__(self, input)", a -> ((Places<?>) a.get("self")).call(a));
    }

    private static void adaptive() {
        String max = "(output_size, return_indices)";
        largest(
                "AdaptiveMaxPool1d" + max,
                a -> new AdaptiveMaxPool1d(TorchPooling.outputSize(a, 1)),
                AdaptiveMaxPool1d::withIndices);
        largest(
                "AdaptiveMaxPool2d" + max,
                a -> new AdaptiveMaxPool2d(TorchPooling.outputSize(a, 2)),
                AdaptiveMaxPool2d::withIndices);
        largest(
                "AdaptiveMaxPool3d" + max,
                a -> new AdaptiveMaxPool3d(TorchPooling.outputSize(a, 3)),
                AdaptiveMaxPool3d::withIndices);
        TorchTable.define(
                "nn.AdaptiveAvgPool1d(output_size)", a -> new AdaptiveAvgPool1d(TorchPooling.outputSize(a, 1)));
        TorchTable.define(
                "nn.AdaptiveAvgPool2d(output_size)", a -> new AdaptiveAvgPool2d(TorchPooling.outputSize(a, 2)));
        TorchTable.define(
                "nn.AdaptiveAvgPool3d(output_size)", a -> new AdaptiveAvgPool3d(TorchPooling.outputSize(a, 3)));
    }

    // ---------------------------------------------------------------- padding and resizing

    private static void pad(String name, Function<long[], Layer> making) {
        TorchTable.define("nn." + name + "(padding)", a -> making.apply(a.sizes("padding")));
    }

    private static void padding() {
        pad("ZeroPad1d", ZeroPad1d::new);
        pad("ZeroPad2d", ZeroPad2d::new);
        pad("ZeroPad3d", ZeroPad3d::new);
        pad("ReflectionPad1d", ReflectionPad1d::new);
        pad("ReflectionPad2d", ReflectionPad2d::new);
        pad("ReflectionPad3d", ReflectionPad3d::new);
        pad("ReplicationPad1d", ReplicationPad1d::new);
        pad("ReplicationPad2d", ReplicationPad2d::new);
        pad("ReplicationPad3d", ReplicationPad3d::new);
        pad("CircularPad1d", CircularPad1d::new);
        pad("CircularPad2d", CircularPad2d::new);
        pad("CircularPad3d", CircularPad3d::new);
        TorchTable.define(
                "nn.ConstantPad1d(padding, value)", a -> new ConstantPad1d(a.number("value"), a.sizes("padding")));
        TorchTable.define(
                "nn.ConstantPad2d(padding, value)", a -> new ConstantPad2d(a.number("value"), a.sizes("padding")));
        TorchTable.define(
                "nn.ConstantPad3d(padding, value)", a -> new ConstantPad3d(a.number("value"), a.sizes("padding")));
    }

    private static List<Long> list(Arguments a, String name) {
        return Arrays.stream(a.sizes(name)).boxed().toList();
    }

    private static void images() {
        TorchTable.define(
                "nn.Flatten(start_dim, end_dim)",
                a -> new Flatten(a.integer("start_dim", 1), a.integer("end_dim", -1)));
        TorchTable.define(
                "nn.Unflatten(dim, unflattened_size)",
                a -> new Unflatten(a.integer("dim", 0), a.sizes("unflattened_size")));
        TorchTable.define(
                "nn.Upsample(size, scale_factor, mode, align_corners, recompute_scale_factor)",
                a -> new Upsample(TorchConvolution.interpolation(a)));
        TorchTable.define(
                "nn.Unfold(kernel_size, dilation, padding, stride)",
                a -> new Unfold(list(a, "kernel_size"), TorchConvolution.windows(a)));
        TorchTable.define(
                "nn.Fold(output_size, kernel_size, dilation, padding, stride)",
                a -> new Fold(list(a, "output_size"), list(a, "kernel_size"), TorchConvolution.windows(a)));
        TorchTable.define("nn.PixelShuffle(upscale_factor)", a -> new PixelShuffle(a.integer("upscale_factor", 0)));
        TorchTable.define(
                "nn.PixelUnshuffle(downscale_factor)", a -> new PixelUnshuffle(a.integer("downscale_factor", 0)));
        TorchTable.define("nn.ChannelShuffle(groups)", a -> new ChannelShuffle(a.integer("groups", 0)));
    }
}
