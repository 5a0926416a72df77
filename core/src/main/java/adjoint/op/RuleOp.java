package adjoint.op;

/** An operation with a derivative rule of its own, because stability or a convention asks for it. */
public non-sealed interface RuleOp extends Op {}
