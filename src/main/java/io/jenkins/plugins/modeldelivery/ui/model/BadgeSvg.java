package io.jenkins.plugins.modeldelivery.ui.model;

import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Two words on one line, as a picture without script and style, which screen readers read out. */
record BadgeSvg(String label, String message, Tone tone) {
    private static final int LONGEST_LABEL = 60;
    private static final int LONGEST_MESSAGE = 120;
    private static final int HEIGHT = 20;
    private static final int PADDING = 6;

    /** Underlines what the words say. White text on each has a contrast of 4.9 to 1 at least. */
    enum Tone {
        GOOD("#1a7f37"),
        WARNING("#9a6700"),
        BAD("#cf222e"),
        UNKNOWN("#57606a");

        private final String colour;

        Tone(String colour) {
            this.colour = colour;
        }
    }

    BadgeSvg {
        label = drawable(label, LONGEST_LABEL);
        message = drawable(message, LONGEST_MESSAGE);
    }

    /** Without what XML has no way to write. */
    private static String drawable(String text, int longest) {
        return TextSanitizer.brief(text, longest)
                .codePoints()
                .filter(BadgeSvg::inXml)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean inXml(int c) {
        return c >= ' '
                && !(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
                && c != 0xFFFE
                && c != 0xFFFF;
    }

    String text() {
        return label + ": " + message;
    }

    /** A whole document, to be sent as UTF-8. */
    String svg() {
        int left = width(label) + 2 * PADDING;
        int right = width(message) + 2 * PADDING;
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartElement("svg");
            xml.writeDefaultNamespace("http://www.w3.org/2000/svg");
            attributes(xml, "width", left + right, "height", HEIGHT, "role", "img", "aria-label", text());
            xml.writeStartElement("title");
            xml.writeCharacters(text());
            xml.writeEndElement();
            box(xml, 0, left, "#24292f");
            box(xml, left, right, tone.colour);
            words(xml, PADDING, width(label), label);
            words(xml, left + PADDING, width(message), message);
            xml.writeEndDocument();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a text was not written to memory", e);
        }
        return text.toString();
    }

    private static void box(XMLStreamWriter xml, int x, int width, String colour) throws XMLStreamException {
        xml.writeEmptyElement("rect");
        attributes(xml, "x", x, "width", width, "height", HEIGHT, "fill", colour);
    }

    private static void words(XMLStreamWriter xml, int x, int width, String words) throws XMLStreamException {
        xml.writeStartElement("text");
        attributes(xml, "x", x, "y", 14, "fill", "#ffffff", "font-size", 11);
        attributes(xml, "font-family", "Verdana, DejaVu Sans, sans-serif");
        attributes(xml, "textLength", width, "lengthAdjust", "spacingAndGlyphs");
        xml.writeCharacters(words);
        xml.writeEndElement();
    }

    private static void attributes(XMLStreamWriter xml, Object... namesAndValues) throws XMLStreamException {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            xml.writeAttribute(namesAndValues[i].toString(), namesAndValues[i + 1].toString());
        }
    }

    /** About what the font needs at 11 pixels. Browsers stretch the text to it, so it need not be exact, only fit. */
    private static int width(String text) {
        return Math.max(1, text.codePoints().map(BadgeSvg::width).sum() / 10);
    }

    /** Tenths of a pixel. */
    private static int width(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        return Character.isIdeographic(c) || c > 0xFFFF ? 110 : 62;
    }
}
