"""The tasks of the verbs, done with MLflow's own client in as few calls as it offers.

  python_client.py upload URL MODEL DIRECTORY
  python_client.py register URL MODEL DIRECTORY
  python_client.py gate URL MODEL VERSION ALIAS
  python_client.py promote URL MODEL VERSION ALIAS
  python_client.py promote-bare URL MODEL VERSION ALIAS
  python_client.py deploy URL MODEL ALIAS DIRECTORY
"""

import contextlib
import sys

from mlflow import MlflowClient, MlflowException, artifacts, set_tracking_uri
from mlflow.entities import Metric

METRICS = {"auc": 0.91, "accuracy": 0.84}


def upload(client, model, directory, metrics=()):
    experiment = client.get_experiment_by_name("python-client")
    number = experiment.experiment_id if experiment else client.create_experiment("python-client")
    run = client.create_run(number, tags={"owner": "bench"}, run_name=model)
    if metrics:
        client.log_batch(run.info.run_id, metrics)
    client.log_artifacts(run.info.run_id, directory, "model")
    client.set_terminated(run.info.run_id)
    source = f"{run.info.artifact_uri}/model"
    # A first try fails only once in a model's life; to ask for the model before would cost a call each time.
    try:
        return client.create_model_version(model, source, run.info.run_id, tags={"owner": "bench"})
    except MlflowException:
        client.create_registered_model(model)
        return client.create_model_version(model, source, run.info.run_id, tags={"owner": "bench"})


def register(client, model, directory):
    upload(client, model, directory, [Metric(k, v, 0, 0) for k, v in METRICS.items()])


def gate(client, model, version, alias):
    """A candidate's metrics against those of the version that has an alias."""
    candidate = client.get_run(client.get_model_version(model, version).run_id).data.metrics
    baseline = client.get_run(client.get_model_version_by_alias(model, alias).run_id).data.metrics
    assert candidate["auc"] >= baseline["auc"] - 0.005


def bearer(client, model, alias):
    with contextlib.suppress(MlflowException):
        return client.get_model_version_by_alias(model, alias).version
    return None


def promote(client, model, version, alias):
    """With what promote promises: the predecessor remembered, another's move not overwritten, the outcome read back."""
    client.get_model_version(model, version)
    expected = bearer(client, model, alias)
    # The tag that remembers, and who has the alias just before it is set.
    now = client.get_registered_model(model)
    assert now.aliases.get(alias) == expected
    history = now.tags.get(f"history.{alias}", "")
    client.set_registered_model_tag(model, f"history.{alias}", f"{version} {history}".strip())
    client.set_registered_model_alias(model, alias, version)
    assert str(bearer(client, model, alias)) == version


def promote_bare(client, model, version, alias):
    """The least that moves an alias: the version that had it is overwritten and forgotten."""
    client.set_registered_model_alias(model, alias, version)


def deploy(client, model, alias, directory):
    artifacts.download_artifacts(artifact_uri=f"models:/{model}@{alias}", dst_path=directory)


if __name__ == "__main__":
    task, url, *rest = sys.argv[1:]
    set_tracking_uri(url)
    globals()[task.replace("-", "_")](MlflowClient(url, url), *rest)
