"""The training loop of the sample run: it learns, evaluates, and saves on the way."""

import hashlib
import math
from datetime import datetime, timedelta
from pathlib import Path

import torch

from reference_run import ModelMetadata, model_name, save_model, typed_contents, write_sidecar
from toy_market import BARS, WARM_UP, draw_returns
from train import EVALUATION_EPISODES, SETTINGS, Learner, evaluate

EVALUATIONS = 17
QUOTE_GAP = 6
"""The evaluation, counted from 0, whose prices miss one quote (NaN)."""

_HOME = "/home/trader/rl/outputs/2026-03-02/09-30-00"
_START = datetime(2026, 3, 2, 9, 30)
_MINUTES_BETWEEN = 12
_CYCLES_BETWEEN = 4
_MAX_BEST_MODELS = 8
_HIDDEN = 24
_HELD_OUT_SEED = 11


def moment_of(evaluation: int) -> datetime:
    """When an evaluation happened, on the trainer's clock: the script never looks at the real one."""
    return _START + timedelta(minutes=_MINUTES_BETWEEN * (evaluation + 1))


class Trainer:
    """Evaluation 0 is of the untrained model; from there on, some cycles of learning before each."""

    def __init__(self, run: Path) -> None:
        self.run = run
        updates = (EVALUATIONS - 1) * _CYCLES_BETWEEN * BARS // SETTINGS["n_steps"]
        self.learner = Learner(_HIDDEN, updates)
        self.held_out = draw_returns(torch.Generator().manual_seed(_HELD_OUT_SEED), EVALUATION_EPISODES)
        self.rewards: list[float] = []
        self.best_reward, self.best_reward_update = -math.inf, 0
        self.best_models: dict[int, Path] = {}
        """By evaluation."""
        self.steps: list[Path] = []

    def train(self) -> None:
        for evaluation in range(EVALUATIONS):
            if evaluation > 0:
                self.learn()
            metrics, spread = self._evaluate(evaluation)
            self._save_resume(moment_of(evaluation) - timedelta(minutes=2), metrics, spread)
            if not metrics["mean_reward"] <= self._reward_to_beat():  # as in many a trainer, NaN slips through
                self._save_best(evaluation, metrics, spread)
            if evaluation > 0 and evaluation % 2 == 0:
                self._save_step(moment_of(evaluation) + timedelta(minutes=4), metrics, spread)

    def learn(self) -> None:
        for _ in range(_CYCLES_BETWEEN):
            self.learner.run_cycle()

    def save_one_more(self) -> Path:
        """The best model that was being written when the power failed."""
        self.learn()
        self._save_best(EVALUATIONS, *self._evaluate(EVALUATIONS))
        return self.best_models.pop(EVALUATIONS)

    def _reward_to_beat(self) -> float:
        best = sorted(self.rewards)[-_MAX_BEST_MODELS:]
        return best[0] if len(best) == _MAX_BEST_MODELS else -math.inf

    def _evaluate(self, evaluation: int) -> tuple[dict, dict]:
        returns = self.held_out.clone()
        if evaluation == QUOTE_GAP:
            returns[3, WARM_UP + 100] = math.nan
        metrics, spread = evaluate(self.learner.model, returns)
        return {**metrics, **self.learner.losses}, spread

    def _save_resume(self, moment: datetime, metrics: dict, spread: dict) -> None:
        contents = self._contents(self._metadata(0, moment, metrics, spread))
        save_model(self.run, self.run / "checkpoints/checkpoint.pt", contents, moment)

    def _save_best(self, evaluation: int, metrics: dict, spread: dict) -> None:
        version, moment, reward = len(self.best_models) + 1, moment_of(evaluation), metrics["mean_reward"]
        path = self.run / "best_models" / model_name(version, reward, moment)
        self._save_with_sidecar(path, self._metadata(version, moment, metrics, spread), moment)
        self.best_models[evaluation] = path
        if math.isfinite(reward):
            self.rewards.append(reward)
        if reward > self.best_reward:
            self.best_reward, self.best_reward_update = reward, self.learner.updates

    def _save_step(self, moment: datetime, metrics: dict, spread: dict) -> None:
        path = self.run / "checkpoints" / f"checkpoint_step_{self.learner.steps:09d}.pt"
        self._save_with_sidecar(path, self._metadata(0, moment, metrics, spread), moment)
        self.steps.append(path)

    def _save_with_sidecar(self, path: Path, metadata: ModelMetadata, moment: datetime) -> None:
        contents = save_model(self.run, path, self._contents(metadata), moment).read_bytes()
        metadata.file_path = f"{_HOME}/{path.relative_to(self.run)}"
        metadata.file_size_bytes = len(contents)
        metadata.checksum = hashlib.sha256(contents).hexdigest()
        write_sidecar(path.with_suffix(".json"), vars(metadata), moment)

    def _metadata(self, version: int, moment: datetime, metrics: dict, spread: dict) -> ModelMetadata:
        return ModelMetadata(
            version=version,
            timestamp=moment.isoformat(),
            reward=metrics["mean_reward"],
            symbol="ACME",
            day_quality=1.0 if math.isfinite(metrics["mean_reward"]) else 0.0,
            episode_count=self.learner.episodes,
            update_count=self.learner.updates,
            model_class="ActorCritic",
            model_config={"hidden": _HIDDEN, "activation": "tanh", "actions": ["short", "flat", "long"]},
            metrics=metrics,
            evaluation_results=spread,
            training_config=SETTINGS,
        )

    def _contents(self, metadata: ModelMetadata) -> dict:
        learner = self.learner
        training_state = {
            "global_step": learner.steps,
            "global_episode": learner.episodes,
            "global_update": learner.updates,
            "global_cycle": learner.cycles,
            "current_lr": learner.schedule.get_last_lr()[0],
            "lr_schedule_state": learner.schedule.state_dict(),
            "best_reward": self.best_reward,
            "best_reward_update": self.best_reward_update,
            "recent_rewards": list(learner.recent_rewards),
            "total_timesteps": learner.steps,
            "wall_time_seconds": (datetime.fromisoformat(metadata.timestamp) - _START).total_seconds(),
        }
        return typed_contents(learner.model.state_dict(), learner.optimizer.state_dict(), training_state, metadata)
