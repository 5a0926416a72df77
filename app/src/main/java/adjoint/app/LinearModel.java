package adjoint.app;

import adjoint.autograd.Autograd;
import adjoint.data.Safetensors;
import adjoint.nn.Linear;
import adjoint.tables.Features;
import adjoint.tables.Table;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DataException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A linear function of a table's columns. It was trained on standardised numbers: the layer maps standardised inputs to
 * the standardised target.
 *
 * @param features how columns become inputs
 * @param target the column that is predicted
 * @param mean the training rows' mean of the target
 * @param deviation their deviation, not 0
 * @param layer weight {@code [1, d]} and bias {@code [1]}, F64
 */
record LinearModel(Features features, String target, double mean, double deviation, Linear layer) {
    private static final String KIND = "adjoint.model";
    private static final String LINEAR = "linear regression";

    /** The prediction for each row, in the target's own units. */
    double[] predict(Table table) {
        Tensor x = features.standardized(table, DType.F64);
        return Autograd.noGrad(
                () -> layer.forward(x).mul(deviation).add(mean).flatten().toDoubles());
    }

    /** How much a prediction changes when an input grows by one of its own units; {@code [d]}. */
    double[] coefficients() {
        double[] coefficients = layer.weight().toDoubles();
        double[] deviations = features.deviations();
        for (int i = 0; i < coefficients.length; i++) {
            coefficients[i] *= deviation / deviations[i];
        }
        return coefficients;
    }

    /** The prediction where all inputs are zero in their own units. */
    double intercept() {
        double intercept = mean + deviation * layer.bias().item();
        double[] coefficients = coefficients();
        double[] means = features.means();
        for (int i = 0; i < coefficients.length; i++) {
            intercept -= coefficients[i] * means[i];
        }
        return intercept;
    }

    /** Writes everything into one safetensors file. */
    void save(Path file) {
        Map<String, String> texts = new LinkedHashMap<>(features.toMap());
        texts.put(KIND, LINEAR);
        texts.put("target.name", target);
        texts.put("target.mean", Double.toString(mean));
        texts.put("target.deviation", Double.toString(deviation));
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("weight", layer.weight());
        tensors.put("bias", layer.bias());
        Safetensors.save(file, tensors, texts);
    }

    /**
     * Reads a model back.
     *
     * @throws DataException if it is no whole model of this kind
     */
    static LinearModel load(Path file) {
        Safetensors.Contents contents = Safetensors.load(file);
        Map<String, String> texts = contents.metadata();
        if (!LINEAR.equals(texts.get(KIND))) {
            throw new DataException("load " + file + ": it is a safetensors file, but no model that fit saved (its "
                    + KIND + " is " + (texts.get(KIND) == null ? "absent" : "\"" + texts.get(KIND) + "\"")
                    + "). Give one from fit --save.");
        }
        Features features;
        try {
            features = Features.fromMap(texts);
        } catch (DataException e) {
            throw new DataException("load " + file + ": " + e.getMessage(), e);
        }
        Tensor weight = tensor(file, contents, "weight", 1, features.count());
        Tensor bias = tensor(file, contents, "bias", 1);
        double mean = number(file, texts, "target.mean");
        double deviation = number(file, texts, "target.deviation");
        String target = texts.getOrDefault("target.name", "target");
        return new LinearModel(features, target, mean, deviation, new Linear(weight, bias));
    }

    private static Tensor tensor(Path file, Safetensors.Contents contents, String name, long... shape) {
        Tensor tensor = contents.tensors().get(name);
        String expected = Arrays.toString(shape);
        if (tensor == null) {
            throw new DataException("load " + file + ": the tensor " + name + " of shape " + expected
                    + " is absent. Give a model from fit --save.");
        }
        if (!Arrays.equals(tensor.shape().sizes(), shape) || !tensor.dtype().isFloating()) {
            throw new DataException("load " + file + ": the tensor " + name + " has shape " + tensor.shape()
                    + " and type " + tensor.dtype() + "; its columns need " + expected
                    + " of a floating type. Fit the model again.");
        }
        for (double value : tensor.toDoubles()) {
            if (!Double.isFinite(value)) {
                throw new DataException(
                        "load " + file + ": the tensor " + name + " holds " + value + ". Fit the model again.");
            }
        }
        return tensor.to(DType.F64);
    }

    private static double number(Path file, Map<String, String> texts, String key) {
        try {
            double value = Double.parseDouble(texts.getOrDefault(key, ""));
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new DataException(
                    "load " + file + ": " + key + " is no number: \"" + texts.get(key) + "\". Fit the model again.", e);
        }
        throw new DataException("load " + file + ": " + key + " is not finite. Fit the model again.");
    }
}
