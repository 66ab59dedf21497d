"""Uploads to one live MLflow: ours, MLflow's own Python client and curl, one after the other, several rounds.

  python cli/bench/upload.py --python /path/to/python/with/mlflow
"""

import os
import pathlib
import shlex
import shutil
import statistics

import live

MIB = 1024 * 1024


def write_file(path, size):
    """Random bytes, so that nothing on the way can shorten them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        for start in range(0, size, 16 * MIB):
            out.write(os.urandom(min(16 * MIB, size - start)))


def commands(options, server, model, directory):
    """Each contestant's command for the same files. curl sends the bytes and no more: no run, no version, no hash."""
    target = f"{server.url}/api/2.0/mlflow-artifacts/artifacts/curl/{model}"
    files = [file for file in sorted(pathlib.Path(directory).rglob("*")) if file.is_file()]
    if len(files) == 1:
        curl = ["curl", "-sS", "-f", "-o", os.devnull, "-T", str(files[0]), f"{target}/{files[0].name}"]
    else:
        names = "find . -type f -printf '%P\\n'"
        curl = f"{names} | xargs -P8 -I@ curl -sS -f -o {os.devnull} -T @ {shlex.quote(target)}/@"
        curl = ["bash", "-o", "pipefail", "-c", f"cd {shlex.quote(str(directory))} && {curl}"]
    client = str(live.HERE / "python_client.py")
    return {
        "curl": curl,
        "model-delivery": live.ours(options.java, "register", model, "--path", str(directory), "--tag", "owner=bench"),
        "Python client": [options.python, client, "upload", server.url, model, str(directory)],
    }


def stored(server):
    return sum(f.stat().st_size for f in server.artifacts.rglob("*") if f.is_file()) if server.artifacts.exists() else 0


def compete(options, server, scratch, model, directory, rounds):
    size = sum(f.stat().st_size for f in pathlib.Path(directory).rglob("*") if f.is_file())
    home = scratch / f"home-{model}"
    home.mkdir()
    env = live.environment(MLFLOW_TRACKING_URI=server.url)
    contestants = commands(options, server, model, directory)
    results = {name: [] for name in contestants}
    server_cpu = {name: [] for name in contestants}
    for number in range(rounds + 1):
        names = list(contestants)
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            # Nobody shall wait for the disk because of the one before.
            shutil.rmtree(server.artifacts, ignore_errors=True)
            os.sync()
            before = server.cpu()
            used = live.measured(contestants[name], home, env)
            servers = server.cpu() - before
            if stored(server) < size:
                raise SystemExit(f"{name} left {stored(server)} of {size} bytes at the server")
            # The first round warms the server up and creates the registered model.
            if number > 0:
                results[name].append(used)
                server_cpu[name].append(servers)
    shutil.rmtree(server.artifacts, ignore_errors=True)
    return results, server_cpu


def report(title, results, server_cpu):
    print(f"### {title}\n")
    base = live.median(results["model-delivery"], "wall")
    rows = []
    for name, usages in results.items():
        wall = live.median(usages, "wall")
        rows.append(
            [
                name,
                f"{wall:.2f}",
                live.spread(usages),
                f"{wall / base:.2f}",
                f"{live.median(usages, 'cpu'):.2f}",
                f"{statistics.median(server_cpu[name]):.2f}",
                f"{max(u.rss for u in usages):.0f}" if name != "curl" else "",
            ]
        )
    live.table(["", "median s", "from, to", "time / ours", "its own CPU s", "server's CPU s", "peak MiB"], rows)


def main():
    parser = live.arguments(__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--workers", type=int, default=4, help="of the server; default: 4, as MLflow's own")
    parser.add_argument("--large", type=int, default=1024, help="size of the one large file in MiB")
    parser.add_argument("--many", type=int, default=2000, help="how many files of 64 KiB")
    options = parser.parse_args()
    live.machine(options.python, options.java)
    with live.mlflow(options.python, options.workers) as (server, scratch):
        if options.large:
            write_file(scratch / "large" / "model.bin", options.large * MIB)
            measured = compete(options, server, scratch, "large", scratch / "large", options.rounds)
            report(f"1 file of {options.large} MiB, server with {options.workers} workers", *measured)
            shutil.rmtree(scratch / "large")
        if options.many:
            for i in range(options.many):
                write_file(scratch / "many" / f"part-{i // 100:02}" / f"{i:05}.bin", 64 * 1024)
            measured = compete(options, server, scratch, "many", scratch / "many", options.rounds)
            report(f"{options.many} files of 64 KiB, server with {options.workers} workers", *measured)


if __name__ == "__main__":
    main()
