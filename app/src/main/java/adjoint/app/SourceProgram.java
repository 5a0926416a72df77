package adjoint.app;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A source file compiled in memory, as {@code java File.java} does it, but against Adjoint's modules. */
final class SourceProgram {
    private SourceProgram() {}

    /**
     * Compiles the file, and other files of its folder that it uses.
     *
     * @return the class that {@code java File.java} would start: the first of the file
     * @throws Failure if it does not compile; what javac says has been written to the error stream
     */
    static Class<?> compile(Path file) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new Failure("this Java has no compiler. Install a JDK 25, not a JRE.");
        }
        Path folder = file.toAbsolutePath().getParent();
        List<String> options = List.of(
                "--module-path",
                Home.modules().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                "--add-modules",
                vectors() ? "adjoint,jdk.incubator.vector" : "adjoint",
                "-sourcepath",
                folder.toString(),
                "-implicit:class",
                "-proc:none",
                "-Xlint:-options,-incubating",
                "-parameters",
                "-g");
        // What the manager finds in bytes that are no text is told to it, and does not stop the compiler.
        var unreadable = new DiagnosticCollector<JavaFileObject>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(unreadable, null, StandardCharsets.UTF_8);
                var memory = new Memory(files)) {
            var said = new StringWriter();
            var sources = files.getJavaFileObjects(file);
            if (!compiler.getTask(said, memory, null, options, null, sources).call()) {
                checkName(compiler, files, file);
                System.err.print(said);
                System.err.flush();
                throw new Failure(null);
            }
            unreadable.getDiagnostics().stream()
                    .filter(d -> d.getKind() == Diagnostic.Kind.ERROR)
                    .findFirst()
                    .ifPresent(d -> {
                        throw new Failure(
                                file + ": line " + d.getLineNumber() + " is not UTF-8 text. Save the file in UTF-8.");
                    });
            String first = firstClass(compiler, files, file);
            return new MemoryLoader(memory.classes()).loadClass(first);
        } catch (IOException e) {
            throw new Failure(file + " cannot be read: " + Reason.of(e) + ".", e);
        } catch (ClassNotFoundException e) {
            throw new Failure(file + " cannot be compiled: " + e.getMessage() + ".", e);
        }
    }

    private static boolean vectors() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    /** A compact source file's class is called as the file, so the file's name must do for a class. */
    private static void checkName(JavaCompiler compiler, StandardJavaFileManager files, Path file) throws IOException {
        var found = new DiagnosticCollector<JavaFileObject>();
        var parser = (JavacTask)
                compiler.getTask(Writer.nullWriter(), files, found, null, null, files.getJavaFileObjects(file));
        parser.parse();
        if (found.getDiagnostics().stream().anyMatch(d -> d.getCode().equals("compiler.err.bad.file.name"))) {
            String name = file.getFileName().toString().replaceFirst("\\.java$", "");
            throw new Failure(file + ": the file's name must be a Java identifier, because the program in it is called"
                    + " the same: letters, digits and _ only. Rename it, for example to " + identifier(name)
                    + ".java.");
        }
    }

    private static String identifier(String name) {
        var text = new StringBuilder();
        name.codePoints().forEach(c -> text.appendCodePoint(Character.isJavaIdentifierPart(c) ? c : '_'));
        if (text.isEmpty() || !Character.isJavaIdentifierStart(text.codePointAt(0))) {
            text.insert(0, "Lesson_");
        }
        return SourceVersion.isName(text) ? text.toString() : "My_" + text;
    }

    private static String firstClass(JavaCompiler compiler, StandardJavaFileManager files, Path file)
            throws IOException {
        var parser = (JavacTask)
                compiler.getTask(Writer.nullWriter(), files, _ -> {}, null, null, files.getJavaFileObjects(file));
        for (CompilationUnitTree unit : parser.parse()) {
            for (var declared : unit.getTypeDecls()) {
                if (declared instanceof ClassTree type) {
                    String prefix = unit.getPackageName() == null ? "" : unit.getPackageName() + ".";
                    return prefix + type.getSimpleName();
                }
            }
        }
        throw new Failure(file + ": it declares no class and no main method. Write void main() { … } in it.");
    }

    /** Keeps what javac writes; what it reads still comes from files. */
    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> written = new HashMap<>();

        Memory(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            var bytes = new ByteArrayOutputStream();
            written.put(className, bytes);
            return new SimpleJavaFileObject(URI.create("memory:///" + className.replace('.', '/') + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return bytes;
                }
            };
        }

        Map<String, byte[]> classes() {
            return written.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, e -> e.getValue().toByteArray()));
        }
    }

    /** The user's classes. They come before those of the same name that the class path may have. */
    static final class MemoryLoader extends ClassLoader {
        private final Map<String, byte[]> classes;

        MemoryLoader(Map<String, byte[]> classes) {
            super(SourceProgram.class.getClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                byte[] bytes = known == null ? classes.get(name) : null;
                return known != null ? known : bytes != null ? define(name, bytes) : super.loadClass(name, resolve);
            }
        }

        private Class<?> define(String name, byte[] bytes) {
            return defineClass(name, bytes, 0, bytes.length);
        }
    }
}
