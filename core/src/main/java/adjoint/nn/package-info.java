/**
 * Layers and losses. A layer is any function of a tensor; those with parameters hold them in their fields.
 *
 * <pre>{@code
 * var net = new Sequential(new Linear(2, 8), Tensor::relu, new Linear(8, 1));
 * var loss = new MSELoss();
 * loss.forward(net.forward(x), y).backward();
 * }</pre>
 */
package adjoint.nn;
