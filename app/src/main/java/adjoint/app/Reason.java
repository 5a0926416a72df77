package adjoint.app;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why reading or writing failed, in words: an exception's own text is a class and, often, only the path again. */
final class Reason {
    private Reason() {}

    static String of(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "there is no such file or folder";
            case AccessDeniedException _ -> "you have no permission";
            case NotDirectoryException _ -> "it is no folder";
            case FileAlreadyExistsException _ -> "a file of that name is in the way";
            case DirectoryNotEmptyException _ -> "a folder of that name is in the way";
            case CharacterCodingException _ -> "it is not UTF-8";
            case FileSystemException f when f.getReason() != null -> f.getReason();
            case FileSystemException _ -> "the system refuses it";
            default -> e.getMessage() == null ? "the system gives no reason" : e.getMessage();
        };
    }

    /** A message without Java's class names: where it quotes the exception that it was caused by, words stand instead. */
    static String inWords(Throwable told) {
        String message = String.valueOf(told.getMessage());
        for (Throwable cause = told.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException e) {
                message = message.replace(e.toString(), of(e));
            }
        }
        return message;
    }
}
