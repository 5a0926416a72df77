package adjoint.nn;

/** What a loss makes of its values for the single elements. */
public enum Reduction {
    /** Their mean. */
    MEAN,
    /** Their sum. */
    SUM,
    /** Their sum divided by the number of examples, the first size. PyTorch: {@code 'batchmean'} of {@code kl_div}. */
    BATCH_MEAN,
    /** Nothing: it returns them all. */
    NONE
}
