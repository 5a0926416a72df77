package adjoint.conformance;

import adjoint.nn.Convolution;
import adjoint.nn.Functional;
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
    }

    private static Tensor optional(Arguments a, String name) {
        return a.has(name) ? a.tensor(name) : null;
    }

    private static Convolution.Options options(Arguments a) {
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

    private static PadMode mode(String name) {
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
}
