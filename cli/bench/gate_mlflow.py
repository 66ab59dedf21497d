"""The gate of gate.py by MLflow's own means: gate_mlflow.py CANDIDATE BASELINE. Exits with 1 if it refuses."""

import json
import sys

import mlflow
from mlflow.models import MetricThreshold
from mlflow.models.evaluation import EvaluationResult
from mlflow.models.evaluation.validation import ModelValidationFailedException


def result(file):
    with open(file) as text:
        return EvaluationResult(metrics=json.load(text), artifacts={})


thresholds = {
    "accuracy": MetricThreshold(threshold=0.8, greater_is_better=True),
    "auc": MetricThreshold(threshold=0.85, greater_is_better=True),
    "f1": MetricThreshold(threshold=0.75, greater_is_better=True),
    "log_loss": MetricThreshold(threshold=0.4, greater_is_better=False),
    "latency_p95_ms": MetricThreshold(threshold=50, greater_is_better=False),
}
# A change that is at least asked for is the only comparison with a baseline that MLflow knows.
changes = {
    "precision": MetricThreshold(min_absolute_change=0.005, greater_is_better=True),
    "recall": MetricThreshold(min_relative_change=0.01, greater_is_better=True),
}
candidate, baseline = result(sys.argv[1]), result(sys.argv[2])
try:
    mlflow.validate_evaluation_results(thresholds | changes, candidate, baseline)
except ModelValidationFailedException as refusal:
    sys.exit(str(refusal))
print("PASSED")
