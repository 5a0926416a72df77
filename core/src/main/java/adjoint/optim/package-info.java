/** Optimizers: they change parameters by their gradients. They take tensors, not layers. */
package adjoint.optim;
