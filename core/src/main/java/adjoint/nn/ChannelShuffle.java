package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * The channels of all groups in turn; see {@link Functional#channelShuffle}.
 *
 * @param groups how many groups
 */
public record ChannelShuffle(long groups) implements Layer {

    @Override
    public Tensor forward(Tensor x) {
        return Functional.channelShuffle(x, groups);
    }

    @Override
    public String toString() {
        return "ChannelShuffle(groups=" + groups + ")";
    }
}
