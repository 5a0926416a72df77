package adjoint.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A module that only contributors need: nothing depends on it, and no release holds it. It is loaded from the checkout in
 * which it was built, and has a class {@code adjoint.NAME.Main} with {@code int run(String...)}.
 *
 * @param name its folder's and package's name
 * @param content what it holds, for a message
 */
record SourceModule(String name, String content) {
    /** Runs it with these arguments; returns the exit code. */
    int run(List<String> args) throws Exception {
        try (var loader =
                new URLClassLoader(new URL[] {jar().toUri().toURL()}, getClass().getClassLoader())) {
            return (Integer) loader.loadClass("adjoint." + name + ".Main")
                    .getMethod("run", String[].class)
                    .invoke(null, (Object) args.toArray(String[]::new));
        } catch (InvocationTargetException e) {
            throw switch (e.getCause()) {
                case RuntimeException cause -> cause;
                case IOException cause -> new UncheckedIOException(cause);
                default -> e;
            };
        }
    }

    private Path jar() {
        Path module = Path.of(System.getProperty("adjoint.home", "")).resolve(name);
        if (!Files.isDirectory(module)) {
            throw new Failure("the " + content + " are not in this copy: they belong to the sources. Clone the"
                    + " repository and start its ./adjoint.");
        }
        Path target = module.resolve("target");
        return (Files.isDirectory(target) ? Home.children(target) : List.<Path>of())
                .stream()
                        .filter(file -> file.getFileName().toString().matches("adjoint-" + name + "-[0-9.]+\\.jar"))
                        .findFirst()
                        .orElseThrow(() -> new Failure("the " + content + " are not built: " + target
                                + " holds no jar of them. Build it with mvn -q -Dmaven.test.skip package."));
    }
}
