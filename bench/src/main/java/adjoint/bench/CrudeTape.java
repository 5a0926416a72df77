package adjoint.bench;

/**
 * The least that automatic differentiation could cost in Java: an array and an object an operation, on a tape that is
 * walked backwards. No shapes, views, types, checks, broadcasting, versions or second derivatives: a mark to compare with,
 * not a library.
 */
final class CrudeTape {
    /** A value on the tape: what it is, its gradient, and how to pass that on. */
    abstract static sealed class Entry {
        final float[] value;
        float[] grad;
        private final Entry previous; // the one recorded before

        private Entry(float[] value, Entry previous) {
            this.value = value;
            this.previous = previous;
        }

        abstract void back();

        final float[] grad() {
            if (grad == null) {
                grad = new float[value.length];
            }
            return grad;
        }
    }

    private static final class Leaf extends Entry {
        Leaf(float[] value) {
            super(value, null);
        }

        @Override
        void back() {}
    }

    /** Element by element. */
    private static final class Mul extends Entry {
        final Entry a;
        final Entry b;

        Mul(Entry a, Entry b, Entry previous) {
            super(new float[a.value.length], previous);
            this.a = a;
            this.b = b;
            for (int i = 0; i < value.length; i++) {
                value[i] = a.value[i] * b.value[i];
            }
        }

        @Override
        void back() {
            float[] ga = a.grad();
            float[] gb = b.grad();
            for (int i = 0; i < value.length; i++) {
                ga[i] += grad[i] * b.value[i];
                gb[i] += grad[i] * a.value[i];
            }
        }
    }

    /** {@code [n, d] × [d] → [n]}. */
    private static final class Product extends Entry {
        final float[] x;
        final Entry w;

        Product(float[] x, Entry w, Entry previous) {
            super(new float[x.length / w.value.length], previous);
            this.x = x;
            this.w = w;
            int d = w.value.length;
            for (int i = 0; i < x.length; i++) {
                value[i / d] += x[i] * w.value[i % d];
            }
        }

        @Override
        void back() {
            float[] gw = w.grad();
            int d = gw.length;
            for (int i = 0; i < x.length; i++) {
                gw[i % d] += grad[i / d] * x[i];
            }
        }
    }

    private static final class AddNumber extends Entry {
        final Entry a;
        final Entry b;

        AddNumber(Entry a, Entry b, Entry previous) {
            super(new float[a.value.length], previous);
            this.a = a;
            this.b = b;
            for (int i = 0; i < value.length; i++) {
                value[i] = a.value[i] + b.value[0];
            }
        }

        @Override
        void back() {
            float[] ga = a.grad();
            float[] gb = b.grad();
            for (int i = 0; i < value.length; i++) {
                ga[i] += grad[i];
                gb[0] += grad[i];
            }
        }
    }

    /** {@code Σ (a − y)²/2}. */
    private static final class SquaredLoss extends Entry {
        final Entry a;
        final float[] y;

        SquaredLoss(Entry a, float[] y, Entry previous) {
            super(new float[1], previous);
            this.a = a;
            this.y = y;
            for (int i = 0; i < y.length; i++) {
                float d = a.value[i] - y[i];
                value[0] += d * d / 2;
            }
        }

        @Override
        void back() {
            float[] ga = a.grad();
            for (int i = 0; i < y.length; i++) {
                ga[i] += grad[0] * (a.value[i] - y[i]);
            }
        }
    }

    private CrudeTape() {}

    static Entry leaf(float... value) {
        return new Leaf(value);
    }

    private static void backward(Entry last) {
        last.grad()[0] = 1;
        for (Entry e = last; e != null; e = e.previous) {
            e.back();
        }
    }

    /** A step of linear regression; gives the loss. */
    static float[] step(float[] x, float[] y, Entry w, Entry b, float lr) {
        var product = new Product(x, w, null);
        var predicted = new AddNumber(product, b, product);
        var loss = new SquaredLoss(predicted, y, predicted);
        backward(loss);
        descend(w, lr / y.length);
        descend(b, lr / y.length);
        return loss.value;
    }

    private static void descend(Entry parameter, float rate) {
        for (int i = 0; i < parameter.value.length; i++) {
            parameter.value[i] -= rate * parameter.grad[i];
            parameter.grad[i] = 0;
        }
    }

    /** x multiplied by itself so many times; gives the derivative. */
    static float[] chain(int length) {
        Entry x = leaf(1);
        Entry y = x;
        for (int i = 0; i < length; i++) {
            y = new Mul(y, x, y == x ? null : y);
        }
        backward(y);
        return x.grad;
    }
}
