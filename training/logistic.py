"""Logistic regression over named features, with an L2 penalty, by Newton's method: no random numbers, the same weights every time."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dragoman.coding.judging import Features

RARE = 3  # a feature seen less often is noise
STEPS = 30  # of Newton's method; it stands still after about eight
BINS = 10


@dataclass(frozen=True, slots=True)
class Fitted:
    names: list[str]
    weights: np.ndarray  # the intercept last

    def probabilities(self, features: Sequence[Features]) -> np.ndarray:
        """One probability a row."""
        return 1 / (1 + np.exp(-matrix(features, self.names) @ self.weights))

    def scaled(self, factor: float, addend: float) -> Fitted:
        """The same model with its log-odds multiplied and added to."""
        weights = self.weights * factor
        weights[-1] += addend
        return Fitted(self.names, weights)

    def save(self, path: Path, threshold: float) -> None:
        """Writes the model as ``judging.load`` reads it."""
        pairs = zip(self.names, self.weights, strict=False)
        weights = {name: round(float(weight), 3) for name, weight in pairs if abs(weight) >= 0.002}
        data = {"intercept": round(float(self.weights[-1]), 3), "threshold": threshold, "weights": weights}
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(data, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


def fit(features: Sequence[Features], right: Sequence[bool], penalty: float) -> Fitted:
    """The weights; the intercept is not penalized."""
    truth = np.array(right, dtype=float)
    counts = Counter(name for item in features for name in item)
    names = sorted(name for name, count in counts.items() if count >= RARE)
    x = matrix(features, names)
    weights = np.zeros(x.shape[1])
    ridge = np.full(x.shape[1], penalty)
    ridge[-1] = 0.0
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (p - truth) + ridge * weights
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge) + 1e-9 * np.eye(x.shape[1])
        step = np.linalg.solve(hessian, gradient)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return Fitted(names, weights)


def scale(p: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    """The factor and the addend that make log-odds of probabilities fit the truth best (Platt 1999); fitted on cross-validated ones."""
    odds = np.log(np.clip(p, 1e-6, 1 - 1e-6) / (1 - np.clip(p, 1e-6, 1 - 1e-6)))
    fitted = fit([{"odds": float(value)} for value in odds], list(truth), 0.0)
    return float(fitted.weights[0]), float(fitted.weights[-1])


def matrix(features: Sequence[Features], names: list[str]) -> np.ndarray:
    """Rows of features, a column a name, a last column of ones."""
    place = {name: number for number, name in enumerate(names)}
    x = np.zeros((len(features), len(names) + 1))
    x[:, -1] = 1
    for row, item in enumerate(features):
        for name, value in item.items():
            if name in place:
                x[row, place[name]] = value
    return x


def calibration(p: np.ndarray, truth: np.ndarray) -> dict[str, object]:
    """Expected calibration error over ten bins, and how often the items of each bin were right."""
    bins = np.minimum((p * BINS).astype(int), BINS - 1)
    table = {
        f"{number / BINS:.1f}": [int((bins == number).sum()), round(float(truth[bins == number].mean()), 3)] for number in sorted(set(bins))
    }
    error = sum(abs(p[bins == number].mean() - truth[bins == number].mean()) * (bins == number).mean() for number in set(bins))
    return {"error": round(float(error), 3), "bins (candidates, share right)": table}
