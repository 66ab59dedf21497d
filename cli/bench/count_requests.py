"""Counts the HTTP requests of each verb at a live MLflow, and those of its Python client for the same task.

  python cli/bench/count_requests.py --python /path/to/python/with/mlflow
"""

import collections
import pathlib

import live

CONFIGURATION = """\
registries:
  mlflow: {type: mlflow, url: URL}
targets:
  disk: {type: directory, path: served}
gates:
  tabular:
    baseline: champion
    checks: [auc >= 0.85, auc >= baseline - 0.005]
policies:
  production:
    alias: champion
    gates: [tabular]
    requiredTags: [owner]
"""


def main():
    parser = live.arguments(__doc__.splitlines()[0])
    parser.add_argument("--list", action="store_true", help="print every request")
    options = parser.parse_args()
    live.machine(options.python, options.java)
    # One worker, so that the server's log has the requests in their order.
    with live.mlflow(options.python, 1) as (server, scratch):
        model = scratch / "model"
        (model / "data").mkdir(parents=True)
        for name in ("MLmodel", "model.json", "data/weights.bin"):
            pathlib.Path(model, name).write_bytes(name.encode() * 100)
        (scratch / "model-delivery.yaml").write_text(CONFIGURATION.replace("URL", server.url))
        (scratch / "metrics.json").write_text('{"auc": 0.91, "accuracy": 0.84}')
        env = live.environment()

        def count(command):
            before = len(server.requests())
            live.measured(command, scratch, env)
            found = server.requests()[before:]
            if options.list:
                print(" ".join(command[-5:]), *found, sep="\n  ", end="\n\n")
            return found

        def ours(*words):
            return count(live.ours(options.java, *words))

        def theirs(*words):
            return count([options.python, str(live.HERE / "python_client.py"), words[0], server.url, *words[1:]])

        register = ["register", "ours", "--path", "model", "--metrics", "metrics.json", "--tag", "owner=bench"]
        rows = {"register, the model's first version": (ours(*register), theirs("register", "theirs", str(model)))}
        rows["register, a later version"] = (ours(*register), theirs("register", "theirs", str(model)))
        # The first champion: what is compared is the move of an alias that somebody has.
        for n in ("1", "2"):
            ours("gate", f"ours/{n}", "--gate", "tabular")
        ours("promote", "ours/1", "--to", "champion")
        theirs("promote", "theirs", "1", "champion")
        rows["gate of a version against champion"] = (
            ours("gate", "ours/2", "--gate", "tabular"),
            theirs("gate", "theirs", "2", "champion"),
        )
        promote = ("theirs", "2", "champion")
        rows["promote to champion"] = (ours("promote", "ours/2", "--to", "champion"), theirs("promote", *promote))
        (scratch / "downloaded").mkdir()
        rows["deploy champion to a directory"] = (
            ours("deploy", "ours@champion", "--target", "disk", "--endpoint", "ours"),
            theirs("deploy", "theirs", "champion", str(scratch / "downloaded")),
        )
    live.table(
        ["", "model-delivery", "Python client", "ours by method"],
        [
            [task, str(len(a)), str(len(b)), ", ".join(f"{n} {m}" for m, n in methods(a).items())]
            for task, (a, b) in rows.items()
        ],
    )


def methods(requests):
    return collections.Counter(request.split()[0] for request in requests)


if __name__ == "__main__":
    main()
