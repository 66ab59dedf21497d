package io.jenkins.plugins.modeldelivery.build.operation;

import static io.jenkins.plugins.modeldelivery.engine.fake.PlantedSecrets.base64;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What a careless server says of the headers that it was shown: all that it can make of them. */
final class Echo {
    private Echo() {}

    /** @param seen values of headers, with a blank between */
    static String of(String seen) {
        StringBuilder said = new StringBuilder(seen);
        for (String word : seen.split(" ")) {
            said.append(" and ").append(base64(word));
            String plain = decoded(word);
            if (plain.contains(":")) {
                String password = plain.substring(plain.indexOf(':') + 1);
                said.append(" and ").append(plain).append(" and ").append(password);
                said.append(" and ").append(base64(password));
            }
        }
        return said.toString();
    }

    private static String decoded(String word) {
        try {
            return new String(Base64.getDecoder().decode(word), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
