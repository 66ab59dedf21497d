package io.jenkins.plugins.modeldelivery.ui.models;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathSegmentTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "churn",
                "Iris Model",
                "100%",
                "a%2fb",
                "..;",
                ".hidden",
                "v1.2",
                "a\\b?c#d;e&f=g+h",
                "<script>alert(1)</script>",
                "прогноз",
                "نموذج",
                "模型🚀",
                "~7e",
                "api",
            })
    void whatIsEncodedIsPlainAndDecodesToTheSame(String name) {
        String encoded = PathSegment.encode(name);
        assertThat(encoded).matches("[A-Za-z0-9_~-][A-Za-z0-9_.~-]*");
        assertThat(PathSegment.decode(encoded)).isEqualTo(name);
    }

    @Test
    void usualNamesStayAsTheyAreAndNamesThatPeopleTypeAreUnderstood() {
        assertThat(PathSegment.encode("churn-model_v1.2")).isEqualTo("churn-model_v1.2");
        assertThat(PathSegment.encode("Iris Model")).isEqualTo("Iris~20Model");
        assertThat(PathSegment.decode("Iris Model 5%")).isEqualTo("Iris Model 5%");
    }
}
