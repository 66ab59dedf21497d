"""Leaves runs of all kinds on a server with MLflow's own client: with logged models, with artifacts only, failed, deleted,
without a model. Prints their ids as JSON, and what MLflow's own register_model makes of their URIs.

  log_runs.py URL
"""

import json
import sys

import mlflow
import mlflow.pyfunc


class Echo(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input):
        return model_input


def log(name, **more):
    # Named, so that MLflow does not start the model to find out what it imports.
    return mlflow.pyfunc.log_model(name=name, python_model=Echo(), pip_requirements=["mlflow"], **more).model_id


def runs():
    mlflow.set_experiment("runs")
    client = mlflow.MlflowClient()
    ids = {"experiment": "runs"}
    with mlflow.start_run() as run:
        ids["run"] = run.info.run_id
        ids["last"] = log("model", step=5)
        ids["first"] = log("model", step=1)
        ids["scaler"] = log("scaler")
        mlflow.log_text("x", "plots/a.txt")
        mlflow.log_text("weights", "weights.bin")
        # A directory of artifacts that has the name of a logged model and is no model.
        mlflow.log_text("notes", "scaler/notes.txt")
        # What MLflow 2 leaves: a model among the artifacts of its run.
        mlflow.log_text("flavors: {}", "classic/MLmodel")
        mlflow.log_text("weights", "classic/weights.bin")
    with mlflow.start_run() as failed:
        ids["failed"] = failed.info.run_id
        ids["failedModel"] = log("model")
    client.set_terminated(failed.info.run_id, "FAILED")
    with mlflow.start_run() as deleted:
        ids["deleted"] = deleted.info.run_id
        mlflow.log_text("flavors: {}", "model/MLmodel")
    client.delete_run(deleted.info.run_id)
    with mlflow.start_run() as parent:
        ids["parent"] = parent.info.run_id
        with mlflow.start_run(nested=True) as child:
            ids["child"] = child.info.run_id
            log("model")
    with mlflow.start_run() as going:
        ids["empty"] = client.create_logged_model(
            going.info.experiment_id, name="empty", source_run_id=going.info.run_id
        ).model_id
        client.finalize_logged_model(ids["empty"], "READY")
        ids["emptyRun"] = going.info.run_id
    return ids


def register(uri):
    version = mlflow.register_model(uri, "theirs")
    return {"uri": uri, "source": version.source, "run": version.run_id}


if __name__ == "__main__":
    mlflow.set_tracking_uri(sys.argv[1])
    made = runs()
    theirs = {name: register(f"runs:/{made['run']}/{name}") for name in ("model", "classic", "scaler")}
    theirs["logged"] = register(f"models:/{made['scaler']}")
    print(json.dumps(made | {"theirs": theirs}))
