package adjoint.op;

/** A linear operation whose result shares its input's memory: {@code evaluate} changes shape, strides and offset. */
public interface ViewOp extends LinearOp {}
