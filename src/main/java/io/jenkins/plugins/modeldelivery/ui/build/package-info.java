/**
 * The page of a build: its operations, what waits for people, rollouts and registrations. The actions in {@code ui} lead to
 * it. It reads the state of operations and decides nothing.
 */
package io.jenkins.plugins.modeldelivery.ui.build;
