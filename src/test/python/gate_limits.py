"""The confidence limits of the gate vectors, computed apart from the engine, by scipy and statsmodels' formulas.

Needs scipy. Run: python gate_limits.py   (prints the limits of every row of confidence.json beside what the row expects)
"""

import json
import math
import pathlib
import statistics

from scipy import stats

VECTORS = pathlib.Path(__file__).parent.parent / "resources" / "gate-vectors" / "confidence.json"


def wilson(p, n, confidence, upper):
    """Score interval: the roots of (p - t)^2 = z^2 t (1 - t) / n, found numerically, not by the closed form."""
    z = stats.norm.ppf(confidence)
    a, b, c = 1 + z * z / n, -(2 * p + z * z / n), p * p
    root = math.sqrt(max(0.0, b * b - 4 * a * c))
    return (-b + root) / (2 * a) if upper else (-b - root) / (2 * a)


def newcombe(p1, n1, p2, n2, confidence, upper):
    """Method 10 of Newcombe 1998, from the four Wilson limits."""
    low1, high1 = wilson(p1, n1, confidence, False), wilson(p1, n1, confidence, True)
    low2, high2 = wilson(p2, n2, confidence, False), wilson(p2, n2, confidence, True)
    if upper:
        return p1 - p2 + math.hypot(high1 - p1, p2 - low2)
    return p1 - p2 - math.hypot(p1 - low1, high2 - p2)


def estimate(metric):
    """Mean, standard error, degrees of freedom; None if the metric has none."""
    if "stderr" in metric:
        return metric["value"], metric["stderr"], math.inf
    values = metric.get("values", [])
    if len(values) < 2:
        return None
    return statistics.fmean(values), statistics.stdev(values) / math.sqrt(len(values)), len(values) - 1


def limit(mean, error, freedom, confidence, upper):
    quantile = stats.norm.ppf(confidence) if math.isinf(freedom) else stats.t.ppf(confidence, freedom)
    return mean + quantile * error if upper else mean - quantile * error


def difference(first, second, factor, confidence, upper):
    """Welch's limit of first - factor * second."""
    (m1, e1, f1), (m2, e2, f2) = first, second
    v1, v2 = e1**2, (factor * e2) ** 2
    weight = v1**2 / f1 + v2**2 / f2
    freedom = (v1 + v2) ** 2 / weight if weight > 0 else math.inf
    return limit(m1 - factor * m2, math.sqrt(v1 + v2), freedom, confidence, upper)


def of_row(candidate, baseline, confidence, upper, factor=1):
    """The limit that a check on this metric looks at; None if there is none."""
    mine = estimate(candidate)
    if baseline is None:
        if mine:
            return limit(*mine, confidence, upper)
        return wilson(candidate["value"], candidate["n"], confidence, upper) if "n" in candidate else None
    its = estimate(baseline)
    if mine and its:
        return difference(mine, its, factor, confidence, upper)
    if factor == 1 and "n" in candidate and "n" in baseline:
        return newcombe(candidate["value"], candidate["n"], baseline["value"], baseline["n"], confidence, upper)
    return None


def main():
    wrong = 0
    for row in json.loads(VECTORS.read_text(encoding="utf-8"))["rows"]:
        for check in row.get("expect", {}).get("checks", []):
            if "limit" not in check:
                continue
            given = row["limit"]
            found = of_row(row["candidate"][0], row["baseline"][0] if given["difference"] else None,
                           given["confidence"], given["upper"], given.get("factor", 1))
            ok = abs(found - check["limit"]) < 1e-9
            wrong += not ok
            print(f"{'ok   ' if ok else 'WRONG'} {row['id']:<40} {found:.12f} {check['limit']:.12f}")
    raise SystemExit(wrong)


if __name__ == "__main__":
    main()
