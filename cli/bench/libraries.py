"""Cold starts of our own code beside those of libraries: medians of fresh JVMs, contestants in turn.

Compile first: mvn -q -f cli test-compile && mvn -q dependency:get -Dartifact=org.apache.commons:commons-math3:3.6.1
"""

import pathlib
import statistics
import subprocess
import tempfile

BENCH = pathlib.Path(__file__).parent
CLI = BENCH.parent
MATH = pathlib.Path.home() / ".m2/repository/org/apache/commons/commons-math3/3.6.1/commons-math3-3.6.1.jar"
MODES = ["schema-own", "schema-library", "quantiles-own", "quantiles-library"]
ROUNDS = 10

with tempfile.TemporaryDirectory() as directory:
    listing = pathlib.Path(directory, "classpath")
    subprocess.run(
        ["mvn", "-q", "-f", str(CLI), "dependency:build-classpath", f"-Dmdep.outputFile={listing}"], check=True
    )
    path = f"{directory}:{CLI / 'target/classes'}:{listing.read_text()}:{MATH}"
    program = BENCH / "libraries/LibraryColdStart.java"
    subprocess.run(["javac", "-proc:none", "-d", directory, "-cp", path, str(program)], check=True)
    taken = {mode: [] for mode in MODES}
    found = {}
    for _ in range(ROUNDS):
        for mode in MODES:
            command = ["java", "-cp", path, "io.jenkins.plugins.modeldelivery.engine.gate.LibraryColdStart", mode]
            run = subprocess.run(command, check=True, capture_output=True, text=True)
            *found[mode], milliseconds = run.stdout.splitlines()
            taken[mode].append(float(milliseconds))

load = pathlib.Path("/proc/loadavg").read_text().split()[0]
for mode in MODES:
    print(f"{mode}: {statistics.median(taken[mode]):.0f} ms, {min(taken[mode]):.0f} to {max(taken[mode]):.0f}")
    for line in found[mode]:
        print("   ", line)
print("load average", load)
