package adjoint.tensor;

/** What random numbers inside {@code vmap} are to the examples. PyTorch: {@code randomness=}. */
public enum Randomness {
    /** Refused: nobody said which is meant. */
    ERROR,
    /** Each example has its own, in the order in which a loop would draw them. */
    DIFFERENT,
    /** All examples share them. */
    SAME
}
