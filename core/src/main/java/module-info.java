/** Tensors, automatic differentiation and training in plain Java. */
module adjoint.core {
    requires static jdk.incubator.vector;

    exports adjoint;
    exports adjoint.autograd;
    exports adjoint.codegen;
    exports adjoint.data;
    exports adjoint.distributions;
    exports adjoint.nn;
    exports adjoint.op;
    exports adjoint.optim;
    exports adjoint.tensor;
    exports adjoint.types;
}
