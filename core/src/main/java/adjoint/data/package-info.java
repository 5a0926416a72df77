/**
 * Datasets, batches, and files of tensors.
 *
 * <pre>{@code
 * var data = new TensorDataset(features, labels);
 * var parts = data.randomSplit(0.8, 0.2);
 * for (var batch : new DataLoader(parts.get(0), 10).shuffle()) { … batch.x(), batch.y() … }
 * var digits = Mnist.load(Path.of("data/mnist"), Mnist.Part.TEST);
 * Safetensors.save(Path.of("net.safetensors"), net.stateDict());
 * net.loadStateDict(Safetensors.load(Path.of("net.safetensors")).tensors());
 * }</pre>
 */
package adjoint.data;
