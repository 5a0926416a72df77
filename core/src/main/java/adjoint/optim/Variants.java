package adjoint.optim;

import adjoint.codegen.Update;
import java.util.function.IntFunction;

/** The forms of an update, by which of its options are on (a bit for each); each is made when it is first needed. */
final class Variants {
    private final Update[] made;
    private final IntFunction<Update> make;

    /** @param options how many bits there are */
    Variants(int options, IntFunction<Update> make) {
        this.made = new Update[1 << options];
        this.make = make;
    }

    Update get(int options) {
        Update update = made[options];
        if (update == null) {
            update = make.apply(options); // benign race: one of two equal updates stays
            made[options] = update;
        }
        return update;
    }
}
