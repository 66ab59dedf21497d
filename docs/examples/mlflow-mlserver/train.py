"""Trains a good, a worse and a broken classifier of wines, and measures them.

Data: the wine recognition data set that scikit-learn packages (178 wines, 13 measurements, 3 cultivars).
Needs scikit-learn and joblib. Run: python train.py DIRECTORY
"""

import hashlib
import json
import pathlib
import sys

import joblib
import numpy as np
from sklearn.datasets import load_wine
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, log_loss
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def metrics(model, x, y, digest):
    """Over all held-out wines, and apart for the weaker and the stronger half of them."""
    predicted, probability = model.predict(x), model.predict_proba(x)
    strong = x[:, 0] > np.median(x[:, 0])
    parts = [(None, np.full(len(y), True)), ({"alcohol": "low"}, ~strong), ({"alcohol": "high"}, strong)]
    out = []
    for part, rows in parts:
        found = {
            "accuracy": accuracy_score(y[rows], predicted[rows]),
            "log_loss": log_loss(y[rows], probability[rows], labels=model.classes_),
        }
        for name, value in found.items():
            metric = {"name": name, "value": float(value), "n": int(rows.sum()), "dataset": digest}
            if part:
                metric["slice"] = part
            out.append(metric)
    return out


def main(directory):
    x, y = load_wine(return_X_y=True)
    x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=0.4, stratify=y, random_state=7)
    digest = "sha256:" + hashlib.sha256(x_test.tobytes() + y_test.tobytes()).hexdigest()

    def fitted(regularization, columns):
        scale = StandardScaler()
        scale.fit(x_train)
        model = make_pipeline(scale, LogisticRegression(C=regularization, max_iter=5000))
        blurred = x_train.copy()
        blurred[:, columns:] = x_train[:, columns:].mean(axis=0)
        return model.fit(blurred, y_train)

    models = {"good": fitted(1.0, 13), "worse": fitted(0.1, 4)}
    sample = x_test[:5]
    request = {
        "inputs": [
            {"name": "wines", "shape": list(sample.shape), "datatype": "FP64", "data": sample.ravel().tolist()}
        ],
        "outputs": [{"name": "predict_proba"}],
    }
    write(directory / "request.json", request)
    for name, model in models.items():
        (directory / name / "model").mkdir(parents=True, exist_ok=True)
        joblib.dump(model, directory / name / "model" / "model.joblib")
        write(directory / name / "metrics.json", metrics(model, x_test, y_test, digest))
        probability = model.predict_proba(sample)
        write(
            directory / name / "expected.json",
            [{"name": "predict_proba", "shape": list(probability.shape), "data": probability.ravel().tolist()}],
        )
    # As good as the good one on paper, but what was saved is not what was measured.
    (directory / "broken" / "model").mkdir(parents=True, exist_ok=True)
    joblib.dump(models["worse"], directory / "broken" / "model" / "model.joblib")
    for file in ("metrics.json", "expected.json"):
        write(directory / "broken" / file, json.loads((directory / "good" / file).read_text(encoding="utf-8")))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
