"""Searching for good settings of a recipe with Optuna: trials are kept in a file, bad ones stop early (Akiba et al.
2019)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..errors import BadInput
from ..recipe import Recipe

TRIED = ("learning_rate", "weight_decay", "warmup", "batch_ids", "dropout")
Train = Callable[[Recipe, Path, Callable[[Mapping[str, Any]], None]], float]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The best trial so far."""

    recipe: Recipe
    loss: float  # nats an id on validation
    trial: int
    trials: int  # in all, those of earlier runs included
    pruned: int  # that were stopped early


def search(
    recipe: Recipe, train: Train, storage: Path, trials: int, told: Callable[[str], None] = lambda _: None
) -> SearchResult:
    """Try settings around the recipe's own; ``train(recipe, folder, report)`` gives the best validation loss.

    Trials of an earlier call with the same ``storage`` count, so a search that was stopped goes on.
    """
    optuna = _optuna()
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    storage.parent.mkdir(parents=True, exist_ok=True)
    backend = optuna.storages.journal.JournalFileBackend(str(storage))
    study = optuna.create_study(
        study_name=recipe.name,
        storage=optuna.storages.JournalStorage(backend),
        load_if_exists=True,
        direction="minimize",
        sampler=optuna.samplers.TPESampler(seed=recipe.seed),
        pruner=optuna.pruners.MedianPruner(n_startup_trials=3, n_warmup_steps=1),
    )
    if not study.trials:
        study.enqueue_trial(_own(recipe))  # what one has is the first to beat

    def objective(trial: Any) -> float:
        varied = _varied(recipe, trial)
        rows = iter(range(1_000_000))

        def report(row: Mapping[str, Any]) -> None:
            trial.report(row.get("all", row["train"]), next(rows))
            if trial.should_prune():
                raise optuna.TrialPruned

        loss = train(varied, storage.parent / f"{recipe.name}-trial-{trial.number}", report)
        told(f"trial {trial.number}: {loss:.4f} nats, {_words(trial.params)}")
        return loss

    study.optimize(objective, n_trials=trials)
    return _result(optuna, study, recipe)


def _optuna() -> Any:
    try:
        import optuna
    except ImportError as fault:
        raise BadInput("carmina tune needs the package optuna; install carmina[train].") from fault
    return optuna


def _own(recipe: Recipe) -> dict[str, Any]:
    plan = recipe.optimisation
    own = {
        "learning_rate": plan.learning_rate,
        "weight_decay": max(1e-3, plan.weight_decay),
        "warmup": plan.warmup,
        "batch": 1.0,
    }
    return {**own, "dropout": recipe.config["dropout"]} if "dropout" in recipe.config else own


def _varied(recipe: Recipe, trial: Any) -> Recipe:
    """The recipe with settings that the trial draws: the rate within 4 times, the others within bounds that make
    sense."""
    plan = recipe.optimisation
    drawn = replace(
        plan,
        learning_rate=trial.suggest_float(
            "learning_rate", plan.learning_rate / 4, min(1.0, plan.learning_rate * 4), log=True
        ),
        weight_decay=trial.suggest_float("weight_decay", 1e-3, 0.5, log=True),
        warmup=trial.suggest_int("warmup", 0, max(plan.warmup, plan.steps // 4)),
        batch_ids=max(16, round(plan.batch_ids * trial.suggest_categorical("batch", [0.5, 1.0, 2.0]))),
    )
    config = dict(recipe.config)
    if "dropout" in config:
        config["dropout"] = trial.suggest_float("dropout", 0.0, 0.5)
    return replace(recipe, optimisation=drawn, config=config)


def _result(optuna: Any, study: Any, recipe: Recipe) -> SearchResult:
    done = [t for t in study.trials if t.state == optuna.trial.TrialState.COMPLETE]
    if not done:
        raise BadInput("no trial came to its end. Give more --trials, or look at the recipe.")
    best = min(done, key=lambda trial: (trial.value, trial.number))
    pruned = sum(t.state == optuna.trial.TrialState.PRUNED for t in study.trials)
    return SearchResult(
        _varied(recipe, optuna.trial.FixedTrial(best.params)), best.value, best.number, len(study.trials), pruned
    )


def _words(settings: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {value:.4g}" for name, value in settings.items())
