/**
 * Probability distributions: random tensors, and how probable values are. PyTorch: {@code torch.distributions}.
 *
 * <pre>{@code
 * var dice = Categorical.ofProbs(Tensor.ones(6));
 * dice.sample(10);                                   // 10 numbers from 0 to 5
 * var noise = new Normal(0, 0.1);
 * noise.logProb(noise.sample(3, 2)).sum();           // log-likelihood
 * }</pre>
 */
package adjoint.distributions;
