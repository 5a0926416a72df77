package adjoint.plot;

/** Where a text stands, seen from the point that it belongs to. */
public enum Placement {
    /** The text's middle is at the point. */
    CENTER,
    /** Above the point, and in the middle over it. */
    ABOVE,
    /** Below the point, and in the middle under it. */
    BELOW,
    /** To the left of the point, where the text ends. */
    LEFT,
    /** To the right of the point, where the text begins. */
    RIGHT
}
