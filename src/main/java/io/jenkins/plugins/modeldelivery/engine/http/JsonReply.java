package io.jenkins.plugins.modeldelivery.engine.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The JSON of a reply, or a part of it, read by what it must hold. A reply of another shape is a SERVER problem that says
 * what was missing and quotes the reply: nothing is made up in its place.
 */
public final class JsonReply {
    private final JsonNode json;
    private final String path;
    private final Source source;

    /** Whose words these are, for messages. */
    private record Source(String subject, String quoted, Redactor redactor) {}

    private JsonReply(JsonNode json, String path, Source source) {
        this.json = json;
        this.path = path;
        this.source = source;
    }

    /**
     * @param subject of the message: "The reply of https://mlflow.example to create a run"
     * @throws DeliveryException SERVER if it is no JSON, such as a login page. An empty body is an object without members.
     */
    public static JsonReply of(HttpReply reply, String subject, Redactor redactor) {
        Source source = new Source(subject, redactor.brief(reply), redactor);
        if (reply.body().length == 0) {
            return new JsonReply(Json.object(), "", source);
        }
        try {
            return new JsonReply(Json.read(reply.body(), ErrorKind.SERVER, subject), "", source);
        } catch (DeliveryException e) {
            // The parser's own words quote the reply, secrets and all.
            boolean page = reply.header("content-type")
                    .orElse("")
                    .toLowerCase(Locale.ROOT)
                    .contains("html");
            throw ErrorKind.SERVER.error(
                    subject + " is " + (page ? "a web page instead of JSON" : "not valid JSON") + ": \""
                            + source.quoted()
                            + "\". Check the URL. A login page or a proxy may have replied instead of the server.");
        }
    }

    public JsonNode json() {
        return json;
    }

    /** A member that must be an object. */
    public JsonReply object(String key) {
        JsonReply member = member(key);
        return member.json.isObject() ? member : wrong(member.path, "object");
    }

    /** A member that must be a text or a number, not blank and without control characters. */
    public String text(String key) {
        return optionalText(key).orElseGet(() -> wrong(at(key), "text"));
    }

    /** As {@link #text}; absent, null and "" are empty. */
    public Optional<String> optionalText(String key) {
        JsonReply member = member(key);
        if (member.absent()
                || (member.json.isTextual() && member.json.textValue().isEmpty())) {
            return Optional.empty();
        }
        String text = member.json.asText();
        boolean fine = (member.json.isTextual() || member.json.isNumber())
                && !text.isBlank()
                && text.chars().noneMatch(Character::isISOControl);
        return fine ? Optional.of(text) : wrong(member.path, "text");
    }

    /** Whatever text a member holds, for a message: masked, on one line, at most 300 characters. */
    public String quoted(String key) {
        return source.redactor().brief(json.path(key).asText());
    }

    /** A member that must be a number; NaN and infinities may stand as texts. */
    public double number(String key) {
        JsonReply member = member(key);
        if (member.json.isNumber()) {
            return member.json.doubleValue();
        }
        try {
            return Double.parseDouble(member.json.isTextual() ? member.json.textValue() : "none");
        } catch (NumberFormatException e) {
            return wrong(member.path, "number");
        }
    }

    /** The items of a member that must be a list of objects; absent and null are an empty list. */
    public List<JsonReply> list(String key) {
        JsonReply member = member(key);
        return member.absent() ? List.of() : member.items();
    }

    /** A member that must be there, whatever it is. */
    public JsonReply required(String key) {
        JsonReply member = member(key);
        return member.absent() ? wrong(member.path, "value") : member;
    }

    /** The items of what must be a list of objects itself. */
    public List<JsonReply> items() {
        if (!json.isArray()) {
            return wrong(path, "list");
        }
        List<JsonReply> items = new ArrayList<>(json.size());
        for (int i = 0; i < json.size(); i++) {
            JsonReply item = new JsonReply(json.get(i), path + "[" + i + "]", source);
            items.add(item.json.isObject() ? item : wrong(item.path, "object"));
        }
        return items;
    }

    private boolean absent() {
        return json.isMissingNode() || json.isNull();
    }

    private JsonReply member(String key) {
        return json.isObject() ? new JsonReply(json.path(key), at(key), source) : wrong(path, "object");
    }

    private String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private <T> T wrong(String where, String wanted) {
        throw ErrorKind.SERVER.error(
                source.subject() + " has no " + wanted + " " + (where.isEmpty() ? "in it" : "at " + where) + ": \""
                        + source.quoted()
                        + "\". Check the URL and what kind of server it is.");
    }
}
