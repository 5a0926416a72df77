package adjoint.conformance;

import static adjoint.conformance.TorchTable.both;
import static adjoint.conformance.TorchTable.unary;

import adjoint.conformance.PythonRun.Tuple;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import java.util.Arrays;
import java.util.List;

/** Tensors seen, joined and taken apart in other shapes. */
final class TorchShapes {
    private TorchShapes() {}

    static void define() {
        shapes();
        rearranging();
        TorchGrids.define();
    }

    private static void shapes() {
        both("reshape(input, *shape)", a -> a.tensor("input").reshape(a.sizes("shape")));
        TorchTable.define("Tensor.view(input, *shape)", a -> a.tensor("input").view(a.sizes("shape")));
        TorchTable.define(
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
        TorchTable.define("Tensor.expand(input, *size)", a -> a.tensor("input").expand(a.sizes("size")));
        TorchTable.define(
                "Tensor.expand_as(input, other)",
                a -> a.tensor("input").expand(a.tensor("other").shape().sizes()));
        both("broadcast_to(input, size)", a -> a.tensor("input").expand(a.sizes("size")));
        both("select(input, dim, index)", a -> a.tensor("input").select(a.integer("dim", 0), a.integer("index", 0)));
        both(
                "narrow(input, dim, start, length)",
                a -> a.tensor("input").narrow(a.integer("dim", 0), a.integer("start", 0), a.integer("length", 0)));
        for (String name : List.of("cat", "concat", "concatenate")) {
            TorchTable.define(
                    "torch." + name + "(tensors, dim)", a -> Tensor.cat(a.integer("dim", 0), a.tensors("tensors")));
        }
        TorchTable.define("torch.stack(tensors, dim)", a -> Tensor.stack(a.integer("dim", 0), a.tensors("tensors")));
        unary("clone", Tensor::clone);
        TorchTable.define("Tensor.contiguous(input)", a -> a.tensor("input").contiguous());
        TorchTable.define("Tensor.is_contiguous(input)", a -> a.tensor("input").isContiguous());
        TorchTable.define(
                "Tensor.stride(input)",
                a -> new Tuple(Arrays.stream(a.tensor("input").strides())
                        .<Object>mapToObj(stride -> stride)
                        .toList()));
        TorchTable.define("Tensor.storage_offset(input)", a -> a.tensor("input").storageOffset());
        TorchTable.define("Tensor.storage(input)", a -> new Torch.Storage(a.tensor("input")));
        TorchTable.define("Tensor.double(input)", a -> a.tensor("input").to(DType.F64));
        TorchTable.define("Tensor.float(input)", a -> a.tensor("input").to(DType.F32));
        TorchTable.define("Tensor.long(input)", a -> a.tensor("input").to(DType.I64));
        TorchTable.define("Tensor.int(input)", a -> a.tensor("input").to(DType.I32));
        TorchTable.define("Tensor.short(input)", a -> a.tensor("input").to(DType.I16));
        TorchTable.define("Tensor.byte(input)", a -> a.tensor("input").to(DType.U8));
        TorchTable.define("Tensor.bool(input)", a -> a.tensor("input").to(DType.BOOL));
        TorchTable.define("Tensor.to(input, *to, dtype, device, non_blocking, copy)", TorchShapes::to);
        TorchTable.define("Tensor.cpu(input)", a -> a.tensor("input"));
        TorchTable.define("Tensor.type(input, dtype)", TorchReductions::cast);
    }

    /** To another type, or the type of another tensor; there is one place only. */
    private static Tensor to(Arguments a) {
        Tensor x = a.tensor("input");
        a.flag("non_blocking", false);
        a.get("device");
        DType dtype = a.dtype("dtype", x.dtype());
        for (Object each : a.has("to") ? Torch.items(a.get("to")) : List.of()) {
            dtype = switch (each) {
                case Tensor other -> other.dtype();
                case PythonRun.Path(String name) -> Arguments.dtype(name);
                case Object place when Torch.isPlace(place) -> dtype;
                default -> throw new Unsupported("to " + each);
            };
        }
        return a.flag("copy", false) && dtype == x.dtype() ? x.clone() : x.to(dtype);
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
        TorchTable.define(
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
        TorchTable.define("Tensor.repeat(input, *sizes)", a -> a.tensor("input").repeat(a.sizes("sizes")));
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
        TorchTable.define(
                "torch.hstack(tensors)", a -> Tensor.hstack(a.tensors("tensors").toArray(Tensor[]::new)));
        TorchTable.define(
                "torch.vstack(tensors)", a -> Tensor.vstack(a.tensors("tensors").toArray(Tensor[]::new)));
        TorchTable.define(
                "torch.dstack(tensors)", a -> Tensor.dstack(a.tensors("tensors").toArray(Tensor[]::new)));
        TorchTable.define(
                "torch.column_stack(tensors)",
                a -> Tensor.columnStack(a.tensors("tensors").toArray(Tensor[]::new)));
        TorchTable.define(
                "torch.broadcast_tensors(*tensors)",
                a -> Tensor.broadcastTensors(a.tensors("tensors").toArray(Tensor[]::new)));
    }
}
