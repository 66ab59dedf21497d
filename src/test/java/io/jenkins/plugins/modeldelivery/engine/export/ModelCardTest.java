package io.jenkins.plugins.modeldelivery.engine.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.modeldelivery.engine.history.Written;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCardTest {
    @TempDir
    Path directory;

    private Written record;

    @BeforeEach
    void begin() {
        record = new Written(directory);
    }

    private String card(String version) {
        return ModelCard.of(record.story(version));
    }

    private static JsonNode frontMatter(String card) throws IOException {
        return new YAMLMapper().readTree(card.split("(?m)^---$", 3)[1]);
    }

    @Test
    void tellsWhatIsAskedOfACardInItsUsualSections() {
        record.registered("1", "{\"auc\": 0.9, \"recall{c=DE}\": 0.7}")
                .gated(
                        "1",
                        "PASSED",
                        "[{\"check\": \"auc >= 0.8\", \"metric\": \"auc\", \"value\": 0.9, \"bound\": 0.8,"
                                + "\"verdict\": \"PASSED\", \"reason\": \"good\"}]")
                .event(
                        "approved",
                        "1",
                        "promote 1",
                        null,
                        Json.object().put("alias", "champion").put("by", "eve"))
                .promoted("1", null)
                .rollout("deployed", "1", null);
        assertThat(card("1"))
                .contains(
                        "# churn, version 1\n",
                        "## Model details\n",
                        "- **Content digest:** `sha256:1`\n",
                        "- **Size:** 2207 bytes in 2 files\n",
                        "\n| Tag | Value |\n| :-- | :-- |\n| owner | ml |\n",
                        "## Intended use\n",
                        "## Data\n",
                        "holdout",
                        "`sha256:data`",
                        "| depth | 6 |",
                        "| `auc` |  | 0.9 |",
                        "| `recall` | `{c=DE}` | 0.7 |",
                        "## Evaluation: gate tabular, PASSED\n",
                        "| `auc >= 0.8` |  | 0.9 |  | 0.8 | PASSED | good |",
                        "### champion: promoted\n",
                        "- **Policy:** production\n",
                        "`policy-1`",
                        "- **approved:** eve",
                        "## Deployment\n",
                        "prod&#47;scores",
                        "## Provenance\n",
                        "- **Commit:** `abc`\n")
                .doesNotContain("model-delivery.commit");
    }

    @Test
    void itsFrontMatterHoldsTheMetricsAsModelHubsReadThem() throws IOException {
        record.registered("1", "{\"auc\": 0.9, \"recall{c=DE}\": 1e-7}");
        JsonNode result = frontMatter(card("1")).at("/model-index/0/results/0");
        assertThat(result.at("/dataset/name").asText()).isEqualTo("holdout");
        assertThat(result.at("/metrics/0/type").asText()).isEqualTo("auc");
        assertThat(result.at("/metrics/0/value").asDouble()).isEqualTo(0.9);
        assertThat(result.at("/metrics/1/name").asText()).isEqualTo("recall{c=DE}");
        assertThat(card("1")).contains("value: 0.0000001\n");
    }

    @Test
    void hostileTextShowsItselfAndDoesNothing() throws IOException {
        String hostile = "# x\n---\n<script>alert(1)</script> [a](http://b) | `c` *d* www.evil.example @all";
        record.event(
                "registered",
                "1",
                Json.object()
                        .put("description", hostile)
                        .<com.fasterxml.jackson.databind.node.ObjectNode>set(
                                "tags",
                                Json.object()
                                        .put(hostile, hostile)
                                        .put("license", hostile)
                                        .put("owner", hostile))
                        .<com.fasterxml.jackson.databind.node.ObjectNode>set(
                                "metrics", Json.object().put(hostile, 1)));
        String card = card("1");
        JsonNode matter = frontMatter(card);
        assertThat(matter.at("/model-index/0/results/0/metrics/0/name").asText())
                .isEqualTo(hostile);
        String body = card.split("(?m)^---$", 3)[2];
        assertThat(body).doesNotContain("<script", "](", "`c`", "*d*", "www.", "@all", "http://b", "\n# x", "\n---");
    }

    @Test
    void whatIsNotKnownIsSaidToBeUnknown() {
        record.gated("1", "PASSED", "[]");
        assertThat(card("1")).contains("Not stated", "Not recorded.", "Never promoted.", "Never deployed.");
    }
}
