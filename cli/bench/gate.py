"""An offline gate as a whole process, cold: ours against a script with MLflow's validate_evaluation_results.

  python cli/bench/gate.py --python /path/to/python/with/mlflow
"""

import json
import pathlib
import tempfile

import live

BASELINE = {
    "accuracy": 0.84,
    "auc": 0.9,
    "f1": 0.8,
    "log_loss": 0.35,
    "latency_p95_ms": 38.0,
    "precision": 0.81,
    "recall": 0.79,
}
CANDIDATE = BASELINE | {"auc": 0.912, "precision": 0.82, "recall": 0.81}
WORSE = CANDIDATE | {"auc": 0.84}
# As in gate_mlflow.py.
CHECKS = (
    "accuracy >= 0.8",
    "auc >= 0.85",
    "f1 >= 0.75",
    "log_loss <= 0.4",
    "latency_p95_ms <= 50",
    "precision >= baseline + 0.005",
    "recall >= baseline + 1%",
)


def main():
    parser = live.arguments(__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    live.machine(options.python, options.java)
    with tempfile.TemporaryDirectory(prefix="model-delivery-bench-") as scratch:
        files = {"candidate": CANDIDATE, "worse": WORSE, "baseline": BASELINE}
        for name, numbers in files.items():
            pathlib.Path(scratch, f"{name}.json").write_text(json.dumps(numbers))
        checks = [word for check in CHECKS for word in ("--check", check)]
        mine = ["gate", "--baseline-metrics", "baseline.json", *checks, "--metrics"]
        theirs = [options.python, str(live.HERE / "gate_mlflow.py")]
        env = live.environment()
        archive = f"{scratch}/classes.jsa"
        first = live.ours(options.java, *mine, "candidate.json")
        live.measured([first[0], f"-XX:ArchiveClassesAtExit={archive}", *first[1:]], scratch, env)
        contestants = {
            "model-delivery": lambda who: live.ours(options.java, *mine, who),
            "model-delivery, class archive": lambda who: [
                options.java,
                f"-XX:SharedArchiveFile={archive}",
                *live.ours(options.java, *mine, who)[1:],
            ],
            "MLflow": lambda who: [*theirs, who, "baseline.json"],
        }
        results = {name: [] for name in contestants}
        for number in range(options.rounds + 2):
            for name, command in contestants.items():
                # Both must tell the good one from the worse one; then the good one is what is timed.
                who, expected = ("worse.json", 1) if number == 0 else ("candidate.json", 0)
                used = live.measured(command(who), scratch, env, (expected,))
                if number > 1:
                    results[name].append(used)
    base = live.median(results["model-delivery"], "wall")
    live.table(
        ["", "median s", "from, to", "time / ours", "CPU s", "peak MiB"],
        [
            [
                name,
                f"{live.median(usages, 'wall'):.2f}",
                live.spread(usages),
                f"{live.median(usages, 'wall') / base:.1f}",
                f"{live.median(usages, 'cpu'):.2f}",
                f"{max(u.rss for u in usages):.0f}",
            ]
            for name, usages in results.items()
        ],
    )


if __name__ == "__main__":
    main()
