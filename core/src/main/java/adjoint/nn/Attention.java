package adjoint.nn;

/**
 * Where {@link MultiHeadAttention} differs from the plain one, said in any order:
 *
 * <pre>{@code
 * new MultiHeadAttention(512, 8, Attention.dropout(0.1).batchFirst());
 * }</pre>
 */
public final class Attention {
    private Attention() {}

    /** See {@link Options#dropout}. */
    public static Options dropout(double p) {
        return Options.PLAIN.dropout(p);
    }

    /** See {@link Options#batchFirst}. */
    public static Options batchFirst() {
        return Options.PLAIN.batchFirst();
    }

    /** See {@link Options#withoutBias}. */
    public static Options withoutBias() {
        return Options.PLAIN.withoutBias();
    }

    /** See {@link Options#keySize}. */
    public static Options keySize(long size) {
        return Options.PLAIN.keySize(size);
    }

    /** See {@link Options#valueSize}. */
    public static Options valueSize(long size) {
        return Options.PLAIN.valueSize(size);
    }

    /** See {@link Options#learnedKey}. */
    public static Options learnedKey() {
        return Options.PLAIN.learnedKey();
    }

    /** See {@link Options#zeroKey}. */
    public static Options zeroKey() {
        return Options.PLAIN.zeroKey();
    }

    /** All that can be set. Immutable: each method gives new options. */
    public static final class Options {
        static final Options PLAIN = new Options(0, true, false, false, false, 0, 0);

        final double dropout;
        final boolean bias;
        final boolean learnedKey;
        final boolean zeroKey;
        final boolean batchFirst;
        final long keySize;
        final long valueSize;

        private Options(
                double dropout,
                boolean bias,
                boolean learnedKey,
                boolean zeroKey,
                boolean batchFirst,
                long keySize,
                long valueSize) {
            this.dropout = dropout;
            this.bias = bias;
            this.learnedKey = learnedKey;
            this.zeroKey = zeroKey;
            this.batchFirst = batchFirst;
            this.keySize = keySize;
            this.valueSize = valueSize;
        }

        /** In training, weights go through {@link Dropout}. */
        public Options dropout(double p) {
            Dropouts.checkProbability("dropout", p);
            return new Options(p, bias, learnedKey, zeroKey, batchFirst, keySize, valueSize);
        }

        /** Without biases. PyTorch: {@code bias=False}. */
        public Options withoutBias() {
            return new Options(dropout, false, learnedKey, zeroKey, batchFirst, keySize, valueSize);
        }

        /** There is one more key and value, learned, for all queries. PyTorch: {@code add_bias_kv}. */
        public Options learnedKey() {
            return new Options(dropout, bias, true, zeroKey, batchFirst, keySize, valueSize);
        }

        /** There is one more key and value, of zeros: a query may look nowhere. PyTorch: {@code add_zero_attn}. */
        public Options zeroKey() {
            return new Options(dropout, bias, learnedKey, true, batchFirst, keySize, valueSize);
        }

        /** Inputs and outputs are {@code [n, places, features]} instead of {@code [places, n, features]}. */
        public Options batchFirst() {
            return new Options(dropout, bias, learnedKey, zeroKey, true, keySize, valueSize);
        }

        /** How many features keys have, if not as many as queries. PyTorch: {@code kdim}. */
        public Options keySize(long size) {
            return new Options(dropout, bias, learnedKey, zeroKey, batchFirst, size, valueSize);
        }

        /** How many features values have, if not as many as queries. PyTorch: {@code vdim}. */
        public Options valueSize(long size) {
            return new Options(dropout, bias, learnedKey, zeroKey, batchFirst, keySize, size);
        }
    }
}
