package io.jenkins.plugins.modeldelivery.engine.access;

/**
 * When two ids name the same user or group. The driver, which knows the users, decides: to many directories {@code Ann} and {@code ann}
 * are one. Implementations are pure and thread-safe, and their answers do not change while a promotion goes on.
 */
public interface Identities {
    /** Upper and lower case tell users and groups apart. */
    Identities EXACT = new Identities() {
        @Override
        public boolean sameUser(String a, String b) {
            return a.equals(b);
        }

        @Override
        public boolean sameGroup(String a, String b) {
            return a.equals(b);
        }
    };

    boolean sameUser(String a, String b);

    boolean sameGroup(String a, String b);
}
