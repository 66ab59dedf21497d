"""Trains the models of the demo and measures them; writes exactly the files that the command line ships.

Data: Breast Cancer Wisconsin (Diagnostic), as scikit-learn packages it.
Needs scikit-learn (made with 1.9.1). Run: python train.py DIRECTORY
"""

import hashlib
import json
import pathlib
import sys

import numpy as np
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, log_loss, roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

DIGITS = 10


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def rounded(array):
    return [round(float(x), DIGITS) for x in array]


def train(x, y, columns):
    """A logistic regression on some columns; the others get the coefficient 0."""
    scaler = StandardScaler().fit(x)
    fit = LogisticRegression(C=1.0, max_iter=5000).fit(scaler.transform(x)[:, columns], y)
    coefficients = np.zeros(x.shape[1])
    coefficients[columns] = fit.coef_[0]
    return {
        "mean": rounded(scaler.mean_),
        "scale": rounded(scaler.scale_),
        "coefficients": rounded(coefficients),
        "intercept": round(float(fit.intercept_[0]), DIGITS),
    }


def probability(model, x):
    z = (x - np.array(model["mean"])) / np.array(model["scale"]) @ np.array(model["coefficients"])
    return 1 / (1 + np.exp(-(z + model["intercept"])))


def metrics(model, x, y, digest):
    """Over all of the held-out data, and per tercile of the mean texture."""
    p = probability(model, x)
    part_of = np.digitize(x[:, 1], np.quantile(x[:, 1], [1 / 3, 2 / 3]))
    parts = [(None, np.full(len(y), True))]
    parts += [({"texture": name}, part_of == i) for i, name in enumerate(["smooth", "medium", "rough"])]
    out = []
    for part, rows in parts:
        found = {"accuracy": accuracy_score(y[rows], p[rows] > 0.5), "auc": roc_auc_score(y[rows], p[rows]),
                 "log_loss": log_loss(y[rows], p[rows])}
        for name, value in found.items():
            item = {"name": name, "value": round(float(value), DIGITS), "n": int(rows.sum()), "dataset": digest}
            out.append(item if part is None else {**item, "slice": part})
    return out


def main(directory):
    data = load_breast_cancer()
    x, x_test, y, y_test = train_test_split(data.data, data.target, test_size=0.4, random_state=7, stratify=data.target)
    digest = "sha256:" + hashlib.sha256(x_test.tobytes() + y_test.tobytes()).hexdigest()
    everything = list(range(x.shape[1]))
    good = train(x, y, everything)
    worse = train(x[:40], y[:40], [8, 9, 11])
    broken = {**good, "coefficients": good["coefficients"][::-1]}
    for name, model, measured in (("good", good, good), ("worse", worse, worse), ("broken", broken, good)):
        write(directory / name / "model.json", {"features": list(data.feature_names), **model})
        write(directory / name / "metrics.json", metrics(measured, x_test, y_test, digest))
    rows = x_test[:4]
    write(directory / "request.json", {"inputs": [{"name": "features", "shape": list(rows.shape), "datatype": "FP64",
                                                   "data": [float(v) for v in rows.ravel()]}]})
    for name, model in (("expected.json", good), ("expected-worse.json", worse)):
        write(directory / name, [{"name": "probability", "data": rounded(probability(model, rows))}])


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
