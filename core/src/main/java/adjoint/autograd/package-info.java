/**
 * Switching recording on and off, gradients as values, and checking them.
 *
 * <pre>{@code
 * Tensor x = Tensor.of(2.0, 3.0).requiresGrad(true);
 * Tensor g = Autograd.grad(x.pow(3).sum(), x, GraphOption.CREATE_GRAPH);   // 3x² = [12, 27]
 * Tensor h = Autograd.grad(g.sum(), x);                                    // 6x  = [12, 18]
 * }</pre>
 */
package adjoint.autograd;
