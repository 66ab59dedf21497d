/** Promotion policies: rules, their evaluation (a pure function), and the decision. */
package io.jenkins.plugins.modeldelivery.engine.promotion;
