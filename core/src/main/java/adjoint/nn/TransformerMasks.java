package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * What is left out when a {@link Transformer} looks: true, or −∞ in masks that are added to scores. Null is nothing.
 *
 * @param source which places of the source its places may not look at, {@code [source, source]}
 * @param target which places of the target its places may not look at, {@code [target, target]}
 * @param memory which places of the source those of the target may not look at, {@code [target, source]}
 * @param sourcePadding which places of the source are padding, {@code [n, source]}, when the source looks at them
 * @param targetPadding which places of the target are padding, {@code [n, target]}
 * @param memoryPadding which places of the source are padding, {@code [n, source]}, when the target looks at them
 */
public record TransformerMasks(
        Tensor source, Tensor target, Tensor memory, Tensor sourcePadding, Tensor targetPadding, Tensor memoryPadding) {
    /** Nothing is left out. */
    public static final TransformerMasks NONE = new TransformerMasks(null, null, null, null, null, null);

    /** The same with a mask of the source. PyTorch: {@code src_mask}. */
    public TransformerMasks source(Tensor mask) {
        return new TransformerMasks(mask, target, memory, sourcePadding, targetPadding, memoryPadding);
    }

    /** The same with a mask of the target. PyTorch: {@code tgt_mask}. */
    public TransformerMasks target(Tensor mask) {
        return new TransformerMasks(source, mask, memory, sourcePadding, targetPadding, memoryPadding);
    }

    /** The same with a mask of what the target looks at. PyTorch: {@code memory_mask}. */
    public TransformerMasks memory(Tensor mask) {
        return new TransformerMasks(source, target, mask, sourcePadding, targetPadding, memoryPadding);
    }

    /** The same with padding of the source. PyTorch: {@code src_key_padding_mask}. */
    public TransformerMasks sourcePadding(Tensor padding) {
        return new TransformerMasks(source, target, memory, padding, targetPadding, memoryPadding);
    }

    /** The same with padding of the target. PyTorch: {@code tgt_key_padding_mask}. */
    public TransformerMasks targetPadding(Tensor padding) {
        return new TransformerMasks(source, target, memory, sourcePadding, padding, memoryPadding);
    }

    /** The same with padding of what the target looks at. PyTorch: {@code memory_key_padding_mask}. */
    public TransformerMasks memoryPadding(Tensor padding) {
        return new TransformerMasks(source, target, memory, sourcePadding, targetPadding, padding);
    }
}
