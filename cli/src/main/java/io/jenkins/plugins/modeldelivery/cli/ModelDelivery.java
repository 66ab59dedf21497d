package io.jenkins.plugins.modeldelivery.cli;

import picocli.CommandLine;

/** The command line's entry. */
@CommandLine.Command(name = "model-delivery")
public final class ModelDelivery implements Runnable {
    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new ModelDelivery()).execute(args));
    }
}
