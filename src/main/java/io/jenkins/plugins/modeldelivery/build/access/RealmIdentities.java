package io.jenkins.plugins.modeldelivery.build.access;

import hudson.security.SecurityRealm;
import io.jenkins.plugins.modeldelivery.engine.access.Identities;
import jenkins.model.Jenkins;

/** Users and groups are the same where the security realm says so; many directories do not mind upper and lower case. */
public final class RealmIdentities implements Identities {
    @Override
    public boolean sameUser(String a, String b) {
        return realm().getUserIdStrategy().equals(a, b);
    }

    @Override
    public boolean sameGroup(String a, String b) {
        return realm().getGroupIdStrategy().equals(a, b);
    }

    private static SecurityRealm realm() {
        return Jenkins.get().getSecurityRealm();
    }
}
