package adjoint.tensor;

import adjoint.kernel.Mt19937;
import adjoint.kernel.TorchStream;
import adjoint.types.DType;
import adjoint.types.DataException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A stream's state in the bytes that PyTorch's CPU generator gives: the seed (8), how many words are left before the next
 * are made (4), that it is seeded (4), the next word's number (8), the words (8 each), two numbers that are not used (16 with
 * the next between them), the pending normal number, whether there is one (4), and padding.
 */
final class RngStates {
    private static final int BYTES = 5056;
    private static final int WORDS_AT = 24;
    private static final int NORMAL_AT = WORDS_AT + 8 * Mt19937.WORDS + 8;
    private static final int PENDING_AT = NORMAL_AT + 16;

    private RngStates() {}

    static Tensor packed(TorchStream.State state) {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(state.seed())
                .putInt(Mt19937.WORDS + 1 - state.position())
                .putInt(1)
                .putLong(state.position());
        for (int word : state.words()) {
            bytes.putLong(Integer.toUnsignedLong(word));
        }
        if (!Double.isNaN(state.cachedNormal())) {
            bytes.putDouble(NORMAL_AT, state.cachedNormal()).putInt(PENDING_AT, 1);
        }
        return Tensor.of(bytes.array()).to(DType.U8);
    }

    static TorchStream.State unpacked(Tensor state) {
        if (state.dtype() != DType.U8 || state.numel() != BYTES) {
            throw bad("a " + state.dtype() + " tensor of shape " + state.shape());
        }
        ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long b : state.toLongs()) {
            bytes.put((byte) b);
        }
        bytes.flip();
        long seed = bytes.getLong();
        int left = bytes.getInt();
        int seeded = bytes.getInt();
        int position = left == 1 ? Mt19937.WORDS : (int) bytes.getLong(16);
        if (seeded != 1 || left < 1 || left > Mt19937.WORDS || position != Mt19937.WORDS + 1 - left) {
            throw bad("bytes that say: word " + position + " is next, " + left + " are left");
        }
        int[] words = new int[Mt19937.WORDS];
        for (int i = 0; i < words.length; i++) {
            words[i] = (int) bytes.getLong(WORDS_AT + 8 * i);
        }
        double normal = bytes.getInt(PENDING_AT) == 0 ? Double.NaN : bytes.getDouble(NORMAL_AT);
        return new TorchStream.State(seed, words, position, normal);
    }

    private static DataException bad(String found) {
        return new DataException("state of a random stream: " + found + ": it is " + BYTES
                + " bytes as Rng.state() gives them. Take it from there, or from torch.get_rng_state().");
    }
}
