package adjoint.nn;

/** Which variance Kaiming's rules keep. PyTorch: {@code mode} of {@code kaiming_uniform_}. */
public enum FanMode {
    /** That of what the layer passes on: counted are the inputs of an output. */
    FAN_IN,
    /** That of the gradients it passes back: counted are the outputs of an input. */
    FAN_OUT
}
