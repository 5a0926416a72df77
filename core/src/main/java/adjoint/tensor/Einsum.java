package adjoint.tensor;

import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sums of products written with a letter for each dimension, as in {@code "bij,bjk->bik"}. Every operand is brought to
 * one dimension for each letter of the equation; from left to right, what a pair has in common and nobody needs later is
 * summed by a product of matrices.
 */
final class Einsum {
    /** Letters stand for themselves; the dimensions of an ellipsis are numbered from here on. */
    private static final int ELLIPSIS = 1 << 16;

    private final String equation;
    private final Tensor[] operands;
    private final List<List<Integer>> inputs = new ArrayList<>();
    private final Map<Integer, Long> sizes = new LinkedHashMap<>();
    private int ellipsis;
    private int kept; // dimensions of the result

    private Einsum(String equation, Tensor[] operands) {
        this.equation = equation;
        this.operands = operands;
    }

    static Tensor run(String equation, Tensor... operands) {
        return new Einsum(equation, operands).run();
    }

    private Tensor run() {
        String[] sides = equation.replace(" ", "").split("->", -1);
        String[] terms = sides[0].split(",", -1);
        if (sides.length > 2 || terms.length != operands.length) {
            throw new ValueException(asked() + ": it names " + terms.length + " operands, given are " + operands.length
                    + ". Write one term for each, as in \"ij,jk->ik\".");
        }
        for (int i = 0; i < terms.length; i++) {
            inputs.add(dims(terms[i], operands[i]));
        }
        List<Integer> out = sides.length == 2 ? output(sides[1]) : usual();
        kept = out.size();
        List<Integer> all = new ArrayList<>(out);
        sizes.keySet().stream().filter(d -> !out.contains(d)).forEach(all::add);
        Tensor product = aligned(0, all);
        for (int i = 1; i < operands.length; i++) {
            product = multiply(product, aligned(i, all), all, i);
        }
        return sumRest(product);
    }

    private String asked() {
        StringBuilder text = new StringBuilder("einsum: \"" + equation + "\" of");
        for (Tensor t : operands) {
            text.append(' ').append(t.shape());
        }
        return text.toString();
    }

    /** The dimensions a term names; a letter may be there twice, which means the diagonal. */
    private List<Integer> dims(String term, Tensor x) {
        int dots = term.indexOf("...");
        int letters = dots < 0 ? term.length() : term.length() - 3;
        int rank = x.shape().rank();
        if (dots < 0 ? letters != rank : letters > rank) {
            throw new ShapeException(
                    asked() + ": the term \"" + term + "\" names " + letters + " dimensions, the operand has " + rank
                            + ". Name each dimension once, or write ... for the rest.");
        }
        List<Integer> dims = new ArrayList<>();
        int extra = rank - letters;
        ellipsis = Math.max(ellipsis, dots < 0 ? 0 : extra);
        for (int at = 0; at < term.length(); at++) {
            if (at == dots) {
                for (int e = extra; e > 0; e--) {
                    dims.add(ELLIPSIS - e); // numbered from the last, so that they broadcast
                }
                at += 2;
            } else {
                dims.add(letter(term.charAt(at)));
            }
        }
        for (int d = 0; d < rank; d++) {
            learn(dims.get(d), x.size(d));
        }
        return dims;
    }

    private int letter(char c) {
        if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z')) {
            throw new ValueException(
                    asked() + ": '" + c + "' is no name of a dimension. Use letters, ',', '->', '...'.");
        }
        return c;
    }

    private void learn(int dim, long size) {
        Long known = sizes.putIfAbsent(dim, size);
        if (known != null && known != size) {
            if (known != 1 && size != 1) {
                throw new ShapeException(asked() + ": dimension '" + (char) dim + "' is " + known + " in one place and "
                        + size + " in another. Sizes of one letter must be equal or 1.");
            }
            sizes.put(dim, known == 1 ? size : known);
        }
    }

    private List<Integer> output(String term) {
        List<Integer> out = new ArrayList<>();
        int dots = term.indexOf("...");
        for (int at = 0; at < term.length(); at++) {
            if (at == dots) {
                out.addAll(ellipsis());
                at += 2;
            } else {
                int dim = letter(term.charAt(at));
                if (!sizes.containsKey(dim) || out.contains(dim)) {
                    throw new ValueException(asked() + ": the result's '" + (char) dim + "' "
                            + (out.contains(dim) ? "is there twice" : "is in no operand")
                            + ". Name each dimension of the result once, from those of the operands.");
                }
                out.add(dim);
            }
        }
        return out;
    }

    private List<Integer> ellipsis() {
        List<Integer> dims = new ArrayList<>();
        for (int e = ellipsis; e > 0; e--) {
            dims.add(ELLIPSIS - e);
        }
        return dims;
    }

    /** Without an arrow: the ellipsis, then the letters that are there once, in the order of the alphabet. */
    private List<Integer> usual() {
        Map<Integer, Integer> counts = new TreeMap<>();
        inputs.forEach(dims -> dims.forEach(d -> counts.merge(d, 1, Integer::sum)));
        List<Integer> out = ellipsis();
        counts.forEach((dim, count) -> {
            if (count == 1 && !out.contains(dim)) {
                out.add(dim);
            }
        });
        return out;
    }

    /** An operand with a dimension for each of {@code all}, of size 1 where it has none. */
    private Tensor aligned(int i, List<Integer> all) {
        Tensor x = operands[i];
        List<Integer> dims = new ArrayList<>(inputs.get(i));
        for (int d = 0; d < dims.size(); d++) {
            int twin = dims.subList(0, d).indexOf(dims.get(d));
            if (twin >= 0) {
                x = diagonal(x, twin, d);
                dims.remove(d--);
            }
        }
        List<Integer> present = all.stream().filter(dims::contains).toList();
        x = x.permute(present.stream().mapToInt(dims::indexOf).toArray());
        long[] shape = new long[all.size()];
        for (int d = 0, at = 0; d < shape.length; d++) {
            shape[d] = dims.contains(all.get(d)) ? x.size(at++) : 1;
        }
        return x.reshape(shape);
    }

    /** Dimensions {@code a < b} of equal size made one, at {@code a}: the elements whose positions there are equal. */
    private static Tensor diagonal(Tensor x, int a, int b) {
        long n = x.size(a);
        long[] shape = new long[x.shape().rank()];
        Arrays.fill(shape, 1);
        shape[a] = n;
        long[] index = x.shape().sizes();
        index[b] = 1;
        Tensor at = Tensor.arange(n).reshape(shape).expand(index);
        return x.gather(b, at).squeeze(b);
    }

    /** The product of two aligned operands, summed over what no later operand and not the result has. */
    private Tensor multiply(Tensor a, Tensor b, List<Integer> all, int i) {
        List<Integer> batch = new ArrayList<>();
        List<Integer> left = new ArrayList<>();
        List<Integer> inner = new ArrayList<>();
        List<Integer> right = new ArrayList<>();
        for (int d = 0; d < all.size(); d++) {
            boolean summed = d >= kept && !neededAfter(all.get(d), i);
            if (summed && a.size(d) != b.size(d)) {
                a = a.size(d) == 1 ? a : a.sum(d, Dim.KEEP);
                b = b.size(d) == 1 ? b : b.sum(d, Dim.KEEP);
            }
            if (a.size(d) == b.size(d) && a.size(d) != 1) {
                (summed ? inner : batch).add(d);
            } else {
                (b.size(d) == 1 ? left : right).add(d);
            }
        }
        Tensor x = group(a, batch, left, inner);
        Tensor y = group(b, batch, inner, right);
        Tensor product = x.matmul(y);
        List<Integer> order = new ArrayList<>(batch);
        order.addAll(left);
        order.addAll(right);
        order.addAll(inner);
        long[] shape = new long[order.size()];
        int[] back = new int[order.size()];
        for (int p = 0; p < shape.length; p++) {
            int d = order.get(p);
            shape[p] = inner.contains(d)
                    ? 1
                    : Math.max(left.contains(d) ? 0 : b.size(d), right.contains(d) ? 0 : a.size(d));
            back[d] = p;
        }
        return product.reshape(shape).permute(back);
    }

    private boolean neededAfter(int dim, int i) {
        return inputs.subList(i + 1, inputs.size()).stream().anyMatch(dims -> dims.contains(dim));
    }

    /** A batch of matrices: the dimensions of each list made one. */
    private static Tensor group(Tensor x, List<Integer> batch, List<Integer> rows, List<Integer> columns) {
        List<Integer> order = new ArrayList<>(batch);
        order.addAll(rows);
        order.addAll(columns);
        List<Integer> rest = new ArrayList<>();
        for (int d = 0; d < x.shape().rank(); d++) {
            if (!order.contains(d)) {
                rest.add(d);
            }
        }
        order.addAll(rest); // of size 1
        return x.permute(order.stream().mapToInt(d -> d).toArray())
                .reshape(count(x, batch), count(x, rows), count(x, columns));
    }

    private static long count(Tensor x, List<Integer> dims) {
        return dims.stream().mapToLong(x::size).reduce(1, (p, q) -> p * q);
    }

    private Tensor sumRest(Tensor x) {
        int[] rest = new int[x.shape().rank() - kept];
        for (int d = 0; d < rest.length; d++) {
            rest[d] = kept + d;
        }
        return rest.length == 0 ? x : x.sum(rest);
    }
}
