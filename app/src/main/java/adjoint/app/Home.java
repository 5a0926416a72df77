package adjoint.app;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Where things lie: told by the launcher, or found from the working folder where there was none. */
final class Home {
    private Home() {}

    /** The folder with the lessons. */
    static Path lessons() {
        String told = System.getProperty("adjoint.lessons");
        if (told != null) {
            Path folder = Path.of(told);
            if (!Files.isDirectory(folder)) {
                throw new Failure("there is no folder " + folder
                        + ": this copy of Adjoint is not complete. Clone it, or" + " unpack its zip, again.");
            }
            return folder;
        }
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("lessons"))) {
                return folder.resolve("lessons");
            }
        }
        throw new Failure("there is no folder of lessons here or above. Start ./adjoint from the folder it is in.");
    }

    /** What programs are compiled against: jars, or folders of classes. */
    static List<Path> modules() {
        String told = System.getProperty("adjoint.lib");
        if (told != null) {
            return List.of(Path.of(told));
        }
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of)
                .filter(Files::exists)
                .toList();
    }

    static List<Path> children(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new Failure("the folder " + folder + " cannot be read: " + Reason.of(e) + ".", e);
        }
    }
}
