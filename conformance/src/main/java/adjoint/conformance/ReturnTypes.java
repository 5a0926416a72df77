package adjoint.conformance;

import adjoint.conformance.PythonRun.Tuple;
import java.util.ArrayList;
import java.util.List;

/** PyTorch's tuples whose items have names, {@code torch.return_types}. */
final class ReturnTypes {
    private ReturnTypes() {}

    private static List<String> fields(Tuple tuple) {
        return switch (tuple.name()) {
            case null -> List.of();
            case "linalg_slogdet", "slogdet" -> List.of("sign", "logabsdet");
            case "linalg_qr", "qr" -> List.of("Q", "R");
            case "linalg_svd" -> List.of("U", "S", "Vh");
            case "svd" -> List.of("U", "S", "V");
            case "linalg_eigh", "linalg_eig" -> List.of("eigenvalues", "eigenvectors");
            case "linalg_lu", "lu_unpack" -> List.of("P", "L", "U");
            case "linalg_lu_factor" -> List.of("LU", "pivots");
            case "linalg_lu_factor_ex" -> List.of("LU", "pivots", "info");
            case "linalg_cholesky_ex" -> List.of("L", "info");
            case "linalg_inv_ex" -> List.of("inverse", "info");
            case "linalg_solve_ex" -> List.of("result", "info");
            case "linalg_lstsq" -> List.of("solution", "residuals", "rank", "singular_values");
            case "triangular_solve" -> List.of("solution", "cloned_coefficient");
            default -> List.of("values", "indices");
        };
    }

    /** The item of a name. */
    static Object field(Tuple tuple, String name) {
        int at = fields(tuple).indexOf(name);
        if (at < 0) {
            throw new Unsupported("attribute " + name);
        }
        return tuple.items().get(at);
    }

    static String text(Tuple tuple) {
        List<String> lines = new ArrayList<>();
        List<String> names = fields(tuple);
        for (int i = 0; i < names.size(); i++) {
            lines.add(names.get(i) + "=" + Torch.text(tuple.items().get(i)));
        }
        return "torch.return_types." + tuple.name() + "(\n" + String.join(",\n", lines) + ")";
    }
}
