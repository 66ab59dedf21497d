package io.jenkins.plugins.modeldelivery.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SuggestionsTest {
    private static List<String> names(int others) {
        return Stream.concat(Stream.of("accuracy"), IntStream.range(0, others).mapToObj(i -> "metric " + i))
                .toList();
    }

    @Test
    void suggestsANameOfAThousandAndNoneOfMore() {
        assertThat(Suggestions.find("acuracy", names(999))).contains("accuracy");
        assertThat(Suggestions.find("acuracy", names(1000))).isEmpty();
    }
}
