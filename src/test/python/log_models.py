"""Logs with MLflow's own client what a training leaves behind, for registrations that name it, and prints it as JSON.

  log_models.py URL DIRECTORY   a run with artifacts, a logged model, and one that is not finished; the files of both
                                are left under DIRECTORY
  log_models.py URL model ID    the metrics of a logged model
"""

import json
import pathlib
import sys

import mlflow
import mlflow.data
import mlflow.sklearn
import numpy as np
from sklearn.linear_model import LogisticRegression


def train(directory):
    mlflow.set_experiment("training")
    x, y = np.array([[0.0], [1.0], [2.0], [3.0]]), np.array([0, 0, 1, 1])
    data = mlflow.data.from_numpy(x, targets=y, name="holdout")
    files = pathlib.Path(directory) / "run"
    (files / "nested").mkdir(parents=True)
    (files / "weights.txt").write_text("0.1 0.2")
    (files / "nested" / "notes.txt").write_text("größe")
    with mlflow.start_run() as run:
        mlflow.log_artifacts(str(files), "some model")
        # The last value is that of the highest step, not the one that was logged last.
        mlflow.log_metric("auc", 0.5, step=0)
        mlflow.log_metric("auc", 0.8, step=1)
        model = mlflow.sklearn.log_model(LogisticRegression().fit(x, y), name="classifier")
        mlflow.log_metric("accuracy", 0.9, step=2, model_id=model.model_id, dataset=data)
        mlflow.log_metric("accuracy", 0.7, step=1, model_id=model.model_id, dataset=data)
        mlflow.log_metric("loss", 0.25, step=0, model_id=model.model_id)
        mlflow.log_metric("diverged", float("nan"), step=3, model_id=model.model_id)
        mlflow.log_metric("recovered", float("nan"), step=1, model_id=model.model_id)
        mlflow.log_metric("recovered", 0.5, step=2)
        mlflow.log_metric("faults", 0.0, step=3, model_id=model.model_id)
        mlflow.log_metric("psnr", float("inf"), step=3, model_id=model.model_id)
    pending = mlflow.MlflowClient().create_logged_model(run.info.experiment_id, name="pending")
    downloaded = mlflow.artifacts.download_artifacts(f"models:/{model.model_id}", dst_path=directory + "/logged")
    # The client adds this to what it downloads.
    (pathlib.Path(downloaded) / "registered_model_meta").unlink(missing_ok=True)
    return {
        "run": run.info.run_id,
        "model": model.model_id,
        "pending": pending.model_id,
        "digest": data.digest,
        "runFiles": str(files),
        "modelFiles": downloaded,
    }


def model(identifier):
    metrics = mlflow.get_logged_model(identifier).metrics or []
    return {m.key: {"value": m.value, "dataset": m.dataset_name, "digest": m.dataset_digest} for m in metrics}


if __name__ == "__main__":
    url, *what = sys.argv[1:]
    mlflow.set_tracking_uri(url)
    print(json.dumps(model(what[1]) if what[0] == "model" else train(what[0])))
