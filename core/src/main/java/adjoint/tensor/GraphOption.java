package adjoint.tensor;

/** What a backward pass does besides computing gradients. */
public enum GraphOption {
    /** Keep what the graph saved, so that it can be gone through again. PyTorch: {@code retain_graph=True}. */
    RETAIN_GRAPH,
    /**
     * Record the backward pass itself, so that its gradients can be differentiated; keeps the graph too. PyTorch:
     * {@code create_graph=True}.
     */
    CREATE_GRAPH,
    /** Give null for an input that the outputs do not depend on. PyTorch: {@code allow_unused=True}. */
    ALLOW_UNUSED
}
