package adjoint.conformance;

import adjoint.nn.Convolution;
import adjoint.nn.Functional;
import adjoint.nn.Interpolation;
import adjoint.nn.PadMode;
import adjoint.tensor.Tensor;
import java.util.List;

/** Convolutions, pooling, padding, and images made larger and smaller. */
final class TorchConvolution {
    private TorchConvolution() {}

    /** One of the three functions that differ in the number of dimensions. */
    private interface Convolving {
        Tensor of(Tensor x, Tensor weight, Tensor bias, Convolution.Options options);
    }

    static void define() {
        convolutions();
        padding();
        TorchPooling.define();
        images();
        TorchWindows.define();
    }

    private static Tensor optional(Arguments a, String name) {
        return a.has(name) ? a.tensor(name) : null;
    }

    static Convolution.Options options(Arguments a) {
        var options = Convolution.stride(a.has("stride") ? a.sizes("stride") : new long[] {1})
                .dilation(a.has("dilation") ? a.sizes("dilation") : new long[] {1})
                .groups(a.integer("groups", 1));
        return switch (a.get("padding")) {
            case null -> options;
            case String s when s.equals("same") -> options.samePadding();
            case String s when s.equals("valid") -> options.padding(0);
            case String s -> throw new Unsupported("padding " + s); // which cannot be written here
            default -> options.padding(a.sizes("padding"));
        };
    }

    private static void convolutions() {
        List<Convolving> plain = List.of(Functional::conv1d, Functional::conv2d, Functional::conv3d);
        List<Convolving> transposed =
                List.of(Functional::convTranspose1d, Functional::convTranspose2d, Functional::convTranspose3d);
        for (int d = 1; d <= 3; d++) {
            Convolving conv = plain.get(d - 1);
            Convolving back = transposed.get(d - 1);
            for (String module : List.of("F.", "torch.")) {
                TorchTable.define(
                        module + "conv" + d + "d(input, weight, bias, stride, padding, dilation, groups)",
                        a -> conv.of(a.tensor("input"), a.tensor("weight"), optional(a, "bias"), options(a)));
                TorchTable.define(
                        module + "conv_transpose" + d
                                + "d(input, weight, bias, stride, padding, output_padding, groups, dilation)",
                        a -> back.of(
                                a.tensor("input"),
                                a.tensor("weight"),
                                optional(a, "bias"),
                                options(a)
                                        .outputPadding(
                                                a.has("output_padding") ? a.sizes("output_padding") : new long[] {0})));
            }
        }
    }

    static PadMode mode(String name) {
        for (PadMode mode : PadMode.values()) {
            if (mode.toString().equals(name)) {
                return mode;
            }
        }
        throw new Unsupported("padding mode " + name); // which cannot be written here
    }

    private static void padding() {
        TorchTable.define("F.pad(input, pad, mode, value)", a -> {
            Tensor x = a.tensor("input");
            PadMode mode = a.has("mode") ? mode((String) a.get("mode")) : PadMode.CONSTANT;
            return mode == PadMode.CONSTANT
                    ? Functional.padWith(x, a.number("value", 0), a.sizes("pad"))
                    : Functional.pad(x, mode, a.sizes("pad"));
        });
    }

    static Convolution.Options windows(Arguments a) {
        return Convolution.stride(a.has("stride") ? a.sizes("stride") : new long[] {1})
                .padding(a.has("padding") ? a.sizes("padding") : new long[] {0})
                .dilation(a.has("dilation") ? a.sizes("dilation") : new long[] {1});
    }

    /** What to do with it is said after the size. */
    static Interpolation interpolation(Arguments a) {
        if (a.has("size") == a.has("scale_factor")) {
            throw new Unsupported("both or none of size and scale_factor"); // which cannot be written here
        }
        Interpolation to =
                a.has("size") ? Interpolation.size(a.sizes("size")) : Interpolation.scale(a.numbers("scale_factor"));
        to = switch (a.has("mode") ? (String) a.get("mode") : "nearest") {
            case "nearest" -> to;
            case "nearest-exact" -> to.nearestExact();
            case "linear" -> to.linear();
            case "bilinear" -> to.bilinear();
            case "trilinear" -> to.trilinear();
            case "bicubic" -> to.bicubic();
            case "area" -> to.area();
            default -> throw new Unsupported("mode " + a.get("mode"));
        };
        to = a.flag("align_corners", false) ? to.alignCorners() : to;
        to = a.flag("recompute_scale_factor", false) ? to.recomputeScale() : to;
        return a.flag("antialias", false) ? to.antialias() : to;
    }

    private static void images() {
        TorchTable.define(
                "F.unfold(input, kernel_size, dilation, padding, stride)",
                a -> Functional.unfold(a.tensor("input"), a.sizes("kernel_size"), windows(a)));
        TorchTable.define(
                "F.fold(input, output_size, kernel_size, dilation, padding, stride)",
                a -> Functional.fold(a.tensor("input"), a.sizes("output_size"), a.sizes("kernel_size"), windows(a)));
        for (String name : List.of("F.interpolate", "F.upsample")) {
            TorchTable.define(
                    name + "(input, size, scale_factor, mode, align_corners, recompute_scale_factor, antialias)",
                    a -> Functional.interpolate(a.tensor("input"), interpolation(a)));
        }
        for (String module : List.of("F.", "torch.")) {
            TorchTable.define(
                    module + "pixel_shuffle(input, upscale_factor)",
                    a -> Functional.pixelShuffle(a.tensor("input"), a.integer("upscale_factor", 0)));
            TorchTable.define(
                    module + "pixel_unshuffle(input, downscale_factor)",
                    a -> Functional.pixelUnshuffle(a.tensor("input"), a.integer("downscale_factor", 0)));
            TorchTable.define(
                    module + "channel_shuffle(input, groups)",
                    a -> Functional.channelShuffle(a.tensor("input"), a.integer("groups", 0)));
        }
    }
}
