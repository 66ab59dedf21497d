package io.jenkins.plugins.modeldelivery.ui.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.ui.model.BadgeSvg.Tone;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The drawing, as a reader of XML sees it. */
class BadgeSvgTest {
    private static Document parse(BadgeSvg badge) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(badge.svg())));
    }

    private static List<Element> elements(Document svg, String name) {
        NodeList found = svg.getElementsByTagNameNS("http://www.w3.org/2000/svg", name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    private static int number(Element element, String attribute) {
        return Integer.parseInt(element.getAttribute(attribute));
    }

    @Test
    void theWordsAreInTheirBoxesAndReadOut() throws Exception {
        Document svg = parse(new BadgeSvg("churn", "champion 7 · gate passed · live", Tone.GOOD));
        assertThat(elements(svg, "text"))
                .extracting(Element::getTextContent)
                .containsExactly("churn", "champion 7 · gate passed · live");
        assertThat(svg.getDocumentElement().getAttribute("aria-label"))
                .isEqualTo("churn: champion 7 · gate passed · live")
                .isEqualTo(elements(svg, "title").get(0).getTextContent());
        List<Element> boxes = elements(svg, "rect");
        List<Element> words = elements(svg, "text");
        for (int i = 0; i < 2; i++) {
            assertThat(number(words.get(i), "x")).isGreaterThan(number(boxes.get(i), "x"));
            assertThat(number(words.get(i), "x") + number(words.get(i), "textLength"))
                    .isLessThan(number(boxes.get(i), "x") + number(boxes.get(i), "width"));
        }
        assertThat(number(boxes.get(0), "width") + number(boxes.get(1), "width"))
                .isEqualTo(number(svg.getDocumentElement(), "width"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\"/><image href='http://evil'/>",
                "]]>&lt;&amp;",
                "\u202Ertl\u0000\u001B[31m\uFFFE",
                "cut \uD83D",
                "",
                "نموذج التسرب 漢字 👩‍🔬"
            })
    void noTextCanBecomeMarkupOrSpoilTheDocument(String hostile) throws Exception {
        Document svg = parse(new BadgeSvg(hostile, hostile, Tone.BAD));
        NodeList all = svg.getElementsByTagName("*");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < all.getLength(); i++) {
            names.add(all.item(i).getNodeName());
        }
        assertThat(names).containsExactly("svg", "title", "rect", "rect", "text", "text");
        assertThat(svg.getDocumentElement().getTextContent()).doesNotContain("\u202E", "\u0000", "\u001B");
    }

    @Test
    void longNamesAreCut() throws Exception {
        BadgeSvg badge = new BadgeSvg("m".repeat(1000), "w".repeat(1000), Tone.UNKNOWN);
        Document svg = parse(badge);
        assertThat(elements(svg, "text").get(0).getTextContent()).hasSize(60).endsWith("…");
        assertThat(number(svg.getDocumentElement(), "width")).isLessThan(1300);
    }

    @Test
    void nothingOfItIsStyleScriptOrFromElsewhere() {
        assertThat(new BadgeSvg("churn", "no champion", Tone.WARNING).svg())
                .doesNotContain("style", "script", "href", "url(", "<!")
                .containsOnlyOnce("http");
    }
}
