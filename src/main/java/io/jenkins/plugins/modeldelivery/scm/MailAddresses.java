package io.jenkins.plugins.modeldelivery.scm;

import hudson.model.User;
import hudson.tasks.Mailer;
import java.util.Set;

/** The mail addresses that users have in Jenkins. To be used only where the Mailer plugin is. */
final class MailAddresses {
    private MailAddresses() {}

    static void addUsers(String address, Set<String> ids) {
        for (User user : User.getAll()) {
            Mailer.UserProperty mail = user.getProperty(Mailer.UserProperty.class);
            if (mail != null && mail.hasExplicitlyConfiguredAddress() && address.equalsIgnoreCase(mail.getAddress())) {
                ids.add(user.getId());
            }
        }
    }
}
