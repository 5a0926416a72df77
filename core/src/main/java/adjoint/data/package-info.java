/**
 * Datasets, batches, and files of tensors.
 *
 * <pre>{@code
 * var data = new TensorDataset(features, labels);
 * for (var batch : new DataLoader(data, 10).shuffle()) { … batch.x(), batch.y() … }
 * Safetensors.save(Path.of("net.safetensors"), net.stateDict());
 * net.loadStateDict(Safetensors.load(Path.of("net.safetensors")).tensors());
 * }</pre>
 */
package adjoint.data;
