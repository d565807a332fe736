"""The smallest things a checkpoint can be made of: for the runs of the tests."""

from datetime import datetime, timedelta

import torch
from torch import nn

from reference_run import ModelMetadata

START = datetime(2024, 1, 1, 12, 30)
BEYOND_DOUBLE = 1152921504606846977
"""2**60 + 1: JavaScript's numbers would round it."""


class Policy(nn.Module):
    """The smallest thing that has weights, an optimizer and a class."""

    def __init__(self) -> None:
        super().__init__()
        self.features = nn.Linear(4, 4, bias=False)
        self.policy = nn.Linear(4, 3, bias=False)

    def forward(self, observation: torch.Tensor) -> torch.Tensor:
        return self.policy(torch.tanh(self.features(observation))).sum()


def moment_of(save: int) -> datetime:
    return START + timedelta(minutes=17 * save)


def learn(seed: int) -> tuple[dict, dict]:
    """State dicts of a model and its Adam after one step."""
    torch.manual_seed(seed)
    model = Policy()
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-4)
    model(torch.randn(4)).backward()
    optimizer.step()
    return model.state_dict(), optimizer.state_dict()


def training_state(save: int, best_reward: float) -> dict:
    return {
        "global_step": 1000 * save,
        "global_episode": 50 * save,
        "global_update": 100 * save,
        "global_cycle": 2 * save,
        "current_lr": 3e-4,
        "lr_schedule_state": None,
        "best_reward": best_reward,
        "best_reward_update": 90 * save,
        "recent_rewards": [number / 10 for number in range(save)],
        "total_timesteps": 1000 * save,
        "wall_time_seconds": 12.5 * save,
    }


def typed_metadata(version: int, reward: float, timestamp: str) -> ModelMetadata:
    return ModelMetadata(
        version=version,
        timestamp=timestamp,
        reward=reward,
        symbol="AAPL",
        day_quality=0.8,
        episode_count=50 * version,
        update_count=100 * version,
        model_class="MultiBranchTransformer",
        model_config={"hidden": 8},
        metrics={
            "mean_reward": reward,
            "sharpe": 1.5 * reward,
            "win_rate": 0.55,
            "per_day": {"2024-01-02": reward},
            "comment": "ünïcode",
        },
        training_config={"gamma": 0.99, "seed": BEYOND_DOUBLE},
        notes="good" if version % 2 == 0 else None,
        tags=["test", "high-quality"][: version % 3],
    )


def legacy_contents(version: int, reward: float, moment: datetime) -> dict:
    """What the generations before "typed" put into the file."""
    model, optimizer = learn(version)
    return {
        "model_state_dict": model,
        "optimizer_state_dict": optimizer,
        "global_step_counter": 1000 * version,
        "global_episode_counter": 5 * version,
        "global_update_counter": 10 * version,
        "global_cycle_counter": version,
        "metadata": {"version": version, "reward": reward, "metrics": {"sharpe": reward}},
        "timestamp": moment.isoformat(),
    }
