"""What the measurements share: a live MLflow on loopback, and a process measured from start to end."""

import argparse
import contextlib
import dataclasses
import os
import pathlib
import platform
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import uuid

HERE = pathlib.Path(__file__).resolve().parent
JAR = HERE.parent / "target" / "model-delivery.jar"


def arguments(description):
    """A parser with what every measurement takes: the interpreter that has MLflow."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--python", default=sys.executable, help="a Python that has mlflow; default: this one")
    parser.add_argument("--java", default="java", help="default: the one on the path")
    return parser


def ours(java, *words):
    """The command line as a user runs it: the jar, no flags for the JVM."""
    if not JAR.exists():
        sys.exit(f"There is no {JAR}. Build it first: mvn -f cli package")
    return [java, "-jar", str(JAR), *words]


def environment(**more):
    """The caller's environment without what would change how MLflow or the JVM behave."""
    own = {k: v for k, v in os.environ.items() if not k.startswith(("MLFLOW_", "JAVA_TOOL_OPTIONS", "JDK_JAVA_"))}
    # MLflow reports its use to its makers; that is no part of the task.
    return own | {"MLFLOW_DISABLE_TELEMETRY": "true", "NO_COLOR": "1"} | more


@dataclasses.dataclass(frozen=True)
class Usage:
    """Seconds by the clock and on the processors, and peak resident memory in MiB, children waited for included."""

    wall: float
    cpu: float
    rss: float


def measured(command, directory, env, expected=(0,)):
    """Runs a command to its end. Anything but an expected exit status is an error, with what the command wrote."""
    with tempfile.TemporaryFile() as written:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=directory, env=env, stdout=written, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in expected:
            written.seek(0)
            sys.exit(f"{command} ended with {process.returncode}:\n{written.read().decode(errors='replace')}")
    return Usage(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


class Mlflow:
    """A server with SQLite and proxied artifacts, in a directory of its own."""

    def __init__(self, python, directory, workers):
        self.directory = pathlib.Path(directory)
        self.artifacts = self.directory / "artifacts"
        self.log = self.directory / "server.log"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        command = [python, "-m", "mlflow", "server", "--host", "127.0.0.1", "--port", str(port)]
        command += ["--workers", str(workers), "--backend-store-uri", f"sqlite:///{self.directory / 'mlflow.db'}"]
        command += ["--serve-artifacts", "--artifacts-destination", str(self.artifacts)]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command, env=environment(), stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )

    def get(self, path):
        with urllib.request.urlopen(self.url + path, timeout=10) as reply:
            return reply.read()

    def await_ready(self):
        for _ in range(600):
            if self.process.poll() is not None:
                break
            with contextlib.suppress(OSError, urllib.error.URLError):
                self.get("/health")
                return self
            time.sleep(0.1)
        sys.exit(f"MLflow did not start:\n{self.log.read_text(errors='replace')}")

    def requests(self):
        """The requests that the server has logged up to now, as "METHOD path", its own health checks left out."""
        marker = f"/health?{uuid.uuid4()}"
        self.get(marker)
        for _ in range(100):
            lines = self.log.read_text(errors="replace").splitlines()
            if any(marker in line for line in lines):
                found = [line.split('"')[1].rsplit(" ", 1)[0] for line in lines if ' HTTP/1.1"' in line]
                return [request for request in found if " /health" not in request]
            time.sleep(0.05)
        sys.exit(f"The server does not log its requests; see {self.log}")

    def cpu(self):
        """Seconds of processor time of the server and its workers."""
        ticks = 0
        for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                fields = stat.read_text().rpartition(")")[2].split()
                # Session, then user, system, and those of children that have ended.
                if int(fields[3]) == self.process.pid:
                    ticks += sum(map(int, fields[11:15]))
        return ticks / os.sysconf("SC_CLK_TCK")

    def stop(self):
        # The workers are in the server's process group, which is this server's alone.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, 15)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, 9)
            self.process.wait()


@contextlib.contextmanager
def mlflow(python, workers):
    """A running server and a scratch directory; both are gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="model-delivery-bench-") as scratch:
        home = pathlib.Path(scratch, "server")
        home.mkdir()
        server = Mlflow(python, home, workers)
        try:
            yield server.await_ready(), pathlib.Path(scratch)
        finally:
            server.stop()


def table(head, rows):
    """Prints a table as Markdown, so that it can go into the README as it is."""
    print("| " + " | ".join(head) + " |")
    print("|" + "|".join(["---"] + ["--:"] * (len(head) - 1)) + "|")
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print(flush=True)


def median(usages, what):
    return statistics.median(getattr(u, what) for u in usages)


def spread(usages):
    walls = [u.wall for u in usages]
    return f"{min(walls):.2f} to {max(walls):.2f}"


def machine(python, java):
    """Says what was measured on."""
    versions = "import mlflow, platform; print('MLflow', mlflow.__version__, 'on Python', platform.python_version())"
    peer = subprocess.run([python, "-c", versions], env=environment(), capture_output=True, text=True, check=True)
    jdk = subprocess.run([java, "-version"], capture_output=True, text=True, check=True).stderr.splitlines()[0]
    curl = ""
    if shutil.which("curl"):
        curl = subprocess.run(["curl", "--version"], capture_output=True, text=True).stdout[:11]
    print(
        f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, {platform.system()} {platform.release()}; {jdk};"
        f" {peer.stdout.strip()}; {curl}; load average {os.getloadavg()[0]:.1f}\n",
        flush=True,
    )
