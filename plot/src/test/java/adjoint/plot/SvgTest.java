package adjoint.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class SvgTest {
    private static Document parsed(Figure figure) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(figure.toSvg())));
    }

    @Test
    void oneDiscAPoint() throws Exception {
        Axes axes = Plot.scatter(new double[] {0, 1, 2, Double.NaN}, new double[] {0, 1, 2, 3})
                .xLimits(0, 2)
                .yLimits(0, 2);
        Document svg = parsed(axes.figure());
        var discs = svg.getElementsByTagName("ellipse");
        assertThat(discs.getLength()).isEqualTo(3);
        double first = number(discs.item(0), "cx");
        double last = number(discs.item(2), "cx");
        assertThat(number(discs.item(1), "cx")).isEqualTo((first + last) / 2, within(0.02));
        assertThat(number(discs.item(0), "cy")).isGreaterThan(number(discs.item(1), "cy"));
    }

    private static double number(org.w3c.dom.Node node, String attribute) {
        return Double.parseDouble(((Element) node).getAttribute(attribute));
    }

    @Test
    void rootHasSizeAndTitle() throws Exception {
        Document svg = parsed(Plot.line(new double[] {1, 2}).title("a < b & 误差").figure());
        Element root = svg.getDocumentElement();
        assertThat(root.getTagName()).isEqualTo("svg");
        assertThat(root.getAttribute("viewBox")).isEqualTo("0 0 640 480");
        assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("a < b & 误差");
    }

    @Test
    void textsAreOutlinesAndCoordinatesShort() {
        String svg = Plot.function(Math::sin, 0, 6)
                .label("sin")
                .title("sine")
                .figure()
                .toSvg();
        assertThat(svg).doesNotContain("<text").doesNotContain("font-family");
        assertThat(svg.length()).isLessThan(60_000);
    }

    @Test
    void dataIsClippedAndTheRestIsNot() throws Exception {
        Figure figure = Figure.grid(1, 2);
        figure.at(0, 0).line(new double[] {0, 9}).yLimits(0, 1).label("a").title("left");
        figure.at(0, 1).line(new double[] {0, 9}).yLimits(0, 1).label("b").title("right");
        Document svg = parsed(figure);
        assertThat(svg.getElementsByTagName("clipPath").getLength()).isEqualTo(2);
        var groups = svg.getElementsByTagName("g");
        int clipped = 0;
        int paths = 0;
        for (int i = 0; i < groups.getLength(); i++) {
            var group = (Element) groups.item(i);
            if (group.hasAttribute("clip-path")) {
                clipped++;
                paths += group.getElementsByTagName("path").getLength();
            }
        }
        assertThat(clipped).isPositive();
        assertThat(paths).as("the two lines, no titles").isEqualTo(2);
    }
}
