package adjoint.op;

import adjoint.kernel.Patches;
import adjoint.types.Shape;
import java.util.List;

/**
 * How a window of one to three dimensions goes over the last dimensions of a tensor; each list has a number for each of
 * them.
 *
 * @param window the window's sizes
 * @param stride the step between two positions of the window
 * @param padding how far the first position lies before the first element; where the last one ends is for the number of
 *     positions to say
 * @param dilation the step between two places in the window
 */
public record Sliding(List<Long> window, List<Long> stride, List<Long> padding, List<Long> dilation) {

    /** How many of the last dimensions it goes over. */
    public int rank() {
        return window.size();
    }

    /** How many elements the window reaches over in one dimension. */
    public long reach(int d) {
        return (window.get(d) - 1) * dilation.get(d) + 1;
    }

    /** The matrix of what the window shows of images, at as many positions as the last dimensions of a shape say. */
    Patches patches(Shape images, Shape positions) {
        return new Patches(
                three(last(images)),
                three(window),
                three(last(positions)),
                three(stride),
                threeOf(padding, 0),
                three(dilation));
    }

    private List<Long> last(Shape shape) {
        int missing = shape.rank() - rank();
        return java.util.stream.IntStream.range(0, rank())
                .mapToObj(d -> shape.size(missing + d))
                .toList();
    }

    private static int[] three(List<Long> numbers) {
        return threeOf(numbers, 1);
    }

    /** The numbers with others for the missing dimensions before them. */
    private static int[] threeOf(List<Long> numbers, int missing) {
        int[] all = {missing, missing, missing};
        for (int d = 0; d < numbers.size(); d++) {
            all[3 - numbers.size() + d] = Math.toIntExact(numbers.get(d));
        }
        return all;
    }
}
