/** Tensors, their indices and random numbers, and the tape that records what is computed with them. */
package adjoint.tensor;
