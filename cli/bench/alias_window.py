"""Measures for how long somebody else may move an alias in MLflow unseen while we move it.

  python cli/bench/alias_window.py --python /path/to/python/with/mlflow
"""

import subprocess
import sys

import live

PROGRAM = live.HERE / "src/main/java/io/jenkins/plugins/modeldelivery/engine/registry/AliasWindow.java"


def main():
    parser = live.arguments(__doc__.splitlines()[0])
    parser.add_argument("--moves", type=int, default=200)
    options = parser.parse_args()
    live.machine(options.python, options.java)
    if not live.JAR.exists():
        sys.exit(f"There is no {live.JAR}. Build it first: mvn -f cli package")
    with live.mlflow(options.python, 1) as (server, _):
        command = [options.java, "-cp", str(live.JAR), str(PROGRAM), server.url, str(options.moves)]
        subprocess.run(command, env=live.environment(), check=True)


if __name__ == "__main__":
    main()
