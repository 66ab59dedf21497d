/**
 * Records as files for other programs and for people: JSON, CSV, model cards. Pages and the command line use it. It reads
 * events and changes nothing.
 */
package io.jenkins.plugins.modeldelivery.engine.export;
