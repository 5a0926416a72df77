/**
 * Optimizers change parameters by their gradients, schedules change their learning rates. They take tensors, not layers.
 *
 * <pre>{@code
 * var adam = new AdamW(net.parameters(), 1e-3).weightDecay(0.05);
 * var schedule = new CosineAnnealingLR(adam, epochs);
 * for (int epoch = 0; epoch < epochs; epoch++) {
 *     for (var batch : loader) {
 *         adam.zeroGrad();
 *         loss.forward(net.forward(batch.x()), batch.y()).backward();
 *         Gradients.clipNorm(net.parameters(), 1);
 *         adam.step();
 *     }
 *     schedule.step();
 * }
 * Safetensors.save(Path.of("adam.safetensors"), adam.stateDict());     // to go on later
 * }</pre>
 *
 * <p>Parameters that need settings of their own stand in a {@link adjoint.optim.ParameterGroup}. Settings, and what an
 * optimizer remembers, have PyTorch's names; numbers and rounding are those of PyTorch's loops on the CPU.
 */
package adjoint.optim;
