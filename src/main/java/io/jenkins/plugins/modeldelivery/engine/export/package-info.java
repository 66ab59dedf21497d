/** Records as files for other programs and for people. */
package io.jenkins.plugins.modeldelivery.engine.export;
