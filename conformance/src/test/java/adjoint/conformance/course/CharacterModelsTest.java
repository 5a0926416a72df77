package adjoint.conformance.course;

import adjoint.nn.CrossEntropyLoss;
import adjoint.nn.Functional;
import adjoint.nn.GRU;
import adjoint.nn.LSTM;
import adjoint.nn.Linear;
import adjoint.nn.Model;
import adjoint.nn.RNN;
import adjoint.nn.Recurrent;
import adjoint.optim.Gradients;
import adjoint.optim.SGD;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import org.junit.jupiter.api.Test;

/** Models that guess the next character, trained with clipped gradients: losses and norms are PyTorch's. */
class CharacterModelsTest {
    private static final int VOCABULARY = 7;
    private static final int HIDDEN = 6;

    /** A recurrent layer over the characters so far, and a linear one that scores the next. */
    private static final class CharacterModel implements Model {
        private final Recurrent<?> rnn;
        private final Linear out = new Linear(HIDDEN, VOCABULARY);

        CharacterModel(Recurrent<?> rnn) {
            this.rnn = rnn;
        }

        /** Scores {@code [time · n, vocabulary]} for characters {@code [time, n]}. */
        Tensor forward(Tensor characters) {
            Tensor x = Functional.oneHot(characters, VOCABULARY).to(DType.F64);
            Tensor states = rnn.forward(x).output();
            return out.forward(states).reshape(-1, VOCABULARY);
        }
    }

    @Test
    void trainsRnn() {
        trains("RNN", new RNN(VOCABULARY, HIDDEN));
    }

    @Test
    void trainsGru() {
        trains("GRU", new GRU(VOCABULARY, HIDDEN));
    }

    @Test
    void trainsLstm() {
        trains("LSTM", new LSTM(VOCABULARY, HIDDEN));
    }

    private static void trains(String name, Recurrent<?> rnn) {
        Recorded pytorch = Recorded.of("characters/" + name);
        var model = Recorded.filled(new CharacterModel(rnn), 0.3);
        Tensor text = Tensor.of(0L, 3, 6, 2, 5, 1, 4, 0, 3, 6, 2, 5);
        Tensor characters = text.slice(0, 0, 10).view(5, 2);
        Tensor next = text.slice(0, 1, 11);
        var loss = new CrossEntropyLoss();
        var optimizer = new SGD(model.parameters(), 1);

        double[] losses = new double[10];
        double[] norms = new double[10];
        for (int step = 0; step < losses.length; step++) {
            optimizer.zeroGrad();
            Tensor l = loss.forward(model.forward(characters), next);
            l.backward();
            norms[step] = Gradients.clipNorm(model.parameters(), 0.15);
            optimizer.step();
            losses[step] = l.item();
        }
        Recorded.assertSame(losses, pytorch.numbers("losses"));
        Recorded.assertSame(norms, pytorch.numbers("norms"));
    }
}
