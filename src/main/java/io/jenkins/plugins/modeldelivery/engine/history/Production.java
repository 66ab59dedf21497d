package io.jenkins.plugins.modeldelivery.engine.history;

import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who bears which alias, and what endpoints serve, both in the order of the topics. */
record Production(List<AliasBearer> aliases, List<EndpointStatus> endpoints) {
    /** @param newest the last word on each topic, see {@link Topics} */
    static Production of(Map<String, Event> newest) {
        List<AliasBearer> aliases = new ArrayList<>();
        List<EndpointStatus> endpoints = new ArrayList<>();
        newest.forEach((topic, event) -> {
            if (topic.startsWith(Topics.ALIAS)) {
                aliases.add(AliasBearer.of(event));
            } else if (topic.startsWith(Topics.ROLLOUT)) {
                String place = topic.substring(Topics.ROLLOUT.length());
                endpoints.add(EndpointStatus.of(Optional.ofNullable(newest.get(Topics.SERVED + place)), event));
            }
        });
        return new Production(aliases, endpoints);
    }
}
