/** What records tell about models: pure functions of their events. */
package io.jenkins.plugins.modeldelivery.engine.history;
