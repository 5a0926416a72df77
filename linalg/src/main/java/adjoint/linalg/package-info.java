/** Linear algebra with derivatives; PyTorch's {@code torch.linalg}. See {@link adjoint.linalg.Linalg}. */
package adjoint.linalg;
