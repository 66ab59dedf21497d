"""Reads with MLflow's own client what was delivered, and prints it as JSON.

  read_back.py version URL MODEL VERSION DIRECTORY   a version, its run, and its files against those of a directory
  read_back.py count URL MODEL...                    how many versions and runs each model has, and its aliases
  read_back.py predictions SERVER ENDPOINT MODEL     answers over HTTP against scikit-learn's own
"""

import hashlib
import json
import pathlib
import sys
import tempfile
import urllib.request


def hashes(directory):
    root = pathlib.Path(directory)
    return {
        str(file.relative_to(root)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(root.rglob("*"))
        if file.is_file()
    }


def version(url, model, number, directory):
    import mlflow

    client = mlflow.MlflowClient(url, url)
    found = client.get_model_version(model, number)
    run = client.get_run(found.run_id)
    with tempfile.TemporaryDirectory() as into:
        mlflow.set_tracking_uri(url)
        mlflow.artifacts.download_artifacts(artifact_uri=f"models:/{model}/{number}", dst_path=into)
        same = hashes(into) == hashes(directory)
    return {
        "status": found.status,
        "tags": found.tags,
        "aliases": client.get_registered_model(model).aliases,
        "modelTags": client.get_registered_model(model).tags,
        "runStatus": run.info.status,
        "metrics": run.data.metrics,
        "parameters": run.data.params,
        "sameFiles": same,
        "files": len(hashes(directory)),
    }


def count(url, models):
    import mlflow

    client = mlflow.MlflowClient(url, url)
    experiments = [e.experiment_id for e in client.search_experiments()]
    runs = client.search_runs(experiments, max_results=5000)
    return {
        model: {
            "versions": len(client.search_model_versions(f"name = '{model}'")),
            "runs": sum(1 for r in runs if r.info.run_name == model),
            "aliases": dict(client.get_registered_model(model).aliases),
        }
        for model in models
    }


def predictions(server, endpoint, file):
    import joblib
    import numpy as np
    from sklearn.datasets import load_wine

    x, _ = load_wine(return_X_y=True)
    body = {
        "inputs": [{"name": "wines", "shape": list(x.shape), "datatype": "FP64", "data": x.ravel().tolist()}],
        "outputs": [{"name": "predict_proba"}],
    }
    request = urllib.request.Request(
        f"{server}/v2/models/{endpoint}/infer", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=30) as reply:
        answer = json.load(reply)["outputs"][0]
    served = np.array(answer["data"]).reshape(answer["shape"])
    own = joblib.load(file).predict_proba(x)
    return {"rows": len(served), "largestDifference": float(np.abs(served - own).max())}


if __name__ == "__main__":
    command, *arguments = sys.argv[1:]
    result = {"version": version, "predictions": predictions}.get(command)
    print(json.dumps(result(*arguments) if result else count(arguments[0], arguments[1:])))
