package adjoint.kernel;

/**
 * Turns blocks of 16 uniform numbers into 16 normal ones, in place, with the arithmetic of PyTorch's AVX2 kernel: the
 * first eight give radii, the last eight angles. The single-precision logarithm, sine and cosine are those of Cephes
 * (Moshier: {@code logf}, {@code sinf}, {@code cosf}) with every product that feeds a sum fused into it. Only exactly
 * specified operations are used, so interpreter and compiled code give the same bits.
 */
final class BoxMuller {
    /** Elements a block. */
    static final int BLOCK = 16;

    private static final int HALF = BLOCK / 2;
    private static final float TWO_PI = (float) (2 * Math.PI);
    private static final float SQRT_HALF = 0.70710677f;
    private static final float LN2_HIGH = 0.6933594f;
    private static final float LN2_LOW = -2.1219444e-4f;
    private static final float FOUR_OVER_PI = 1.2732395f;
    // π/4 as the sum of three parts of which the first two multiply small integers exactly.
    private static final float QUARTER_PI_1 = 0.78515625f;
    private static final float QUARTER_PI_2 = 2.4187565e-4f;
    private static final float QUARTER_PI_3 = 3.774895e-8f;

    private BoxMuller() {}

    /** {@code block[off .. off+15]}: uniforms in [0, 1) become normals of the given mean and deviation. */
    static void transform(float[] block, int off, float mean, float std) {
        for (int i = off; i < off + HALF; i++) {
            float radius = (float) Math.sqrt(-2.0f * log(1.0f - block[i]));
            float theta = TWO_PI * block[i + HALF];
            // The nearest even multiple of π/4 leaves a rest in [−π/4, π/4]; the multiple chooses polynomial and sign.
            int octant = ((int) (theta * FOUR_OVER_PI) + 1) & ~1;
            float y = octant;
            float x = Math.fma(y, -QUARTER_PI_1, theta);
            x = Math.fma(y, -QUARTER_PI_2, x);
            x = Math.fma(y, -QUARTER_PI_3, x);
            float z = x * x;
            float c = cosPolynomial(z);
            float s = sinPolynomial(x, z);
            boolean swap = (octant & 2) != 0;
            float cos = swap ? s : c;
            float sin = swap ? c : s;
            int sinSign = (octant & 4) << 29;
            int cosSign = (~(octant - 2) & 4) << 29;
            cos = Float.intBitsToFloat(Float.floatToRawIntBits(cos) ^ cosSign);
            sin = Float.intBitsToFloat(Float.floatToRawIntBits(sin) ^ sinSign);
            block[i] = Math.fma(radius * cos, std, mean);
            block[i + HALF] = Math.fma(radius * sin, std, mean);
        }
    }

    /** The double-precision path, which PyTorch leaves to the C library: here {@link StrictMath}, equal to an ulp. */
    static void transform(double[] block, int off, double mean, double std) {
        for (int i = off; i < off + HALF; i++) {
            double radius = Math.sqrt(-2 * StrictMath.log(1 - block[i]));
            double theta = 2 * Math.PI * block[i + HALF];
            block[i] = Math.fma(radius * StrictMath.cos(theta), std, mean);
            block[i + HALF] = Math.fma(radius * StrictMath.sin(theta), std, mean);
        }
    }

    /** Natural logarithm of a positive normal number. */
    private static float log(float u) {
        int bits = Float.floatToRawIntBits(u);
        float m = Float.intBitsToFloat((bits & 0x007fffff) | 0x3f000000);
        boolean low = m < SQRT_HALF;
        float e = (bits >>> 23) - (low ? 127 : 126);
        float x = (m - 1.0f) + (low ? m : 0.0f);
        float z = x * x;
        float y = 0.070376836f;
        y = Math.fma(y, x, -0.1151461f);
        y = Math.fma(y, x, 0.116769984f);
        y = Math.fma(y, x, -0.12420141f);
        y = Math.fma(y, x, 0.14249323f);
        y = Math.fma(y, x, -0.16668057f);
        y = Math.fma(y, x, 0.20000714f);
        y = Math.fma(y, x, -0.24999994f);
        y = Math.fma(y, x, 0.3333333f);
        y = y * x;
        y = Math.fma(y, z, e * LN2_LOW);
        y = Math.fma(z, -0.5f, y);
        return Math.fma(e, LN2_HIGH, x + y);
    }

    private static float cosPolynomial(float z) {
        float y = 2.4433157e-5f;
        y = Math.fma(y, z, -0.0013887316f);
        y = Math.fma(y, z, 0.041666646f);
        y = y * z;
        return Math.fma(y, z, -0.5f * z) + 1.0f;
    }

    private static float sinPolynomial(float x, float z) {
        float y = -1.9515296e-4f;
        y = Math.fma(y, z, 0.008332161f);
        y = Math.fma(y, z, -0.16666655f);
        return Math.fma(y * z, x, x);
    }
}
