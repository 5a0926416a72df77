package adjoint.plot;

import java.awt.AWTError;
import java.awt.Dimension;
import java.awt.EventQueue;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.swing.JFrame;
import javax.swing.JPanel;

/** Windows. Loading this class loads AWT; ask {@link Display} first. */
final class Screen {
    private Screen() {}

    /** Whether AWT sees a display. */
    static boolean available() {
        try {
            return !GraphicsEnvironment.isHeadless()
                    && GraphicsEnvironment.getLocalGraphicsEnvironment().getScreenDevices().length > 0;
        } catch (AWTError | LinkageError | HeadlessException _) {
            return false;
        }
    }

    /** A panel that draws whatever figure there is when it is painted. */
    private static final class Panel extends JPanel {
        private static final long serialVersionUID = 1L;

        private final transient Supplier<Figure> figure;
        private volatile long paintMillis;

        Panel(Supplier<Figure> figure, int width, int height) {
            this.figure = figure;
            setPreferredSize(new Dimension(width, height));
        }

        @Override
        protected void paintComponent(Graphics g) {
            long start = System.nanoTime();
            Graphics2D target = (Graphics2D) g.create();
            Painter.paint(figure.get(), target, getWidth(), getHeight(), false);
            target.dispose();
            paintMillis = (System.nanoTime() - start) / 1_000_000;
        }
    }

    /** An open window. */
    static final class Window {
        private final AtomicReference<JFrame> frame = new AtomicReference<>();

        /** Draws again, soon. */
        void repaint() {
            JFrame f = frame.get();
            if (f != null) {
                f.repaint();
            }
        }

        /** How long the last drawing took. */
        long paintMillis() {
            JFrame f = frame.get();
            return f == null ? 0 : ((Panel) f.getContentPane()).paintMillis;
        }

        void close() {
            EventQueue.invokeLater(() -> {
                JFrame f = frame.getAndSet(null);
                if (f != null) {
                    f.dispose();
                }
            });
        }
    }

    static void show(Figure figure) {
        open(() -> figure, figure);
    }

    /** Opens a window that asks for the figure each time it is painted; {@code first} gives size and name. */
    static Window open(Supplier<Figure> figure, Figure first) {
        var window = new Window();
        EventQueue.invokeLater(() -> {
            String title = first.title.isEmpty() ? first.at(0, 0).title : first.title;
            var frame = new JFrame(title.isEmpty() ? "Adjoint" : title.replace('\n', ' '));
            frame.setDefaultCloseOperation(JFrame.DISPOSE_ON_CLOSE);
            frame.setContentPane(new Panel(figure, first.width(), first.height()));
            frame.pack();
            frame.setLocationByPlatform(true);
            frame.setVisible(true);
            window.frame.set(frame);
        });
        return window;
    }
}
