"""Advantage actor-critic on the toy market: the learner and the held-out evaluation."""

from collections import deque

import torch
from torch import nn

from toy_market import BARS, ActorCritic, Episodes, draw_returns

SETTINGS = {
    "algorithm": "A2C",
    "learning_rate": 0.001,
    "gamma": 0.9,
    "gae_lambda": 0.9,
    "ent_coef": 0.02,
    "vf_coef": 0.5,
    "max_grad_norm": 0.5,
    "n_steps": 21,
    "n_envs": 32,
    "reward_scale": 100.0,
    "seed": 20260302,
}
EVALUATION_EPISODES = 24


class Learner:
    """The model, its optimizer, and the counters that go into a checkpoint."""

    def __init__(self, hidden: int, updates: int) -> None:
        torch.manual_seed(SETTINGS["seed"])
        self.model = ActorCritic(hidden)
        self.optimizer = torch.optim.Adam(self.model.parameters(), lr=SETTINGS["learning_rate"])
        self.schedule = torch.optim.lr_scheduler.LinearLR(self.optimizer, 1.0, 0.05, total_iters=updates)
        self.randomness = torch.Generator().manual_seed(SETTINGS["seed"] + 1)
        self.recent_rewards: deque[float] = deque(maxlen=100)
        self.losses = {"policy_loss": 0.0, "value_loss": 0.0, "entropy": 0.0}
        self.updates = self.cycles = 0

    @property
    def steps(self) -> int:
        return self.updates * SETTINGS["n_steps"] * SETTINGS["n_envs"]

    @property
    def episodes(self) -> int:
        return self.cycles * SETTINGS["n_envs"]

    def run_cycle(self) -> None:
        """Plays one batch of parallel episodes to the end, with an update every `n_steps` bars."""
        market = Episodes.of(draw_returns(self.randomness, SETTINGS["n_envs"]))
        totals = torch.zeros(SETTINGS["n_envs"])
        while market.bar < BARS:
            totals += self._update(market)
        self.cycles += 1
        self.recent_rewards.extend(totals.tolist())

    def _update(self, market: Episodes) -> torch.Tensor:
        log_probabilities, values, rewards, entropies = [], [], [], []
        for _ in range(SETTINGS["n_steps"]):
            logits, value = self.model(market.observe())
            log_policy = torch.log_softmax(logits, dim=1)
            action = torch.multinomial(log_policy.exp(), 1, generator=self.randomness).squeeze(1)
            earned, _ = market.step(action)
            log_probabilities.append(log_policy.gather(1, action.unsqueeze(1)).squeeze(1))
            entropies.append(-(log_policy.exp() * log_policy).sum(1))
            values.append(value)
            rewards.append(earned)
        with torch.no_grad():
            _, value_after = self.model(market.observe())
        advantages = _advantages(rewards, values, value_after)
        returns = advantages + torch.stack(values).detach()
        entropy = torch.stack(entropies).mean()
        self._learn(torch.stack(log_probabilities), torch.stack(values), returns, entropy, advantages)
        return torch.stack(rewards).sum(0)

    def _learn(self, log_probabilities, values, returns, entropy, advantages) -> None:
        normal = (advantages - advantages.mean()) / (advantages.std() + 1e-8)
        policy_loss = -(log_probabilities * normal).mean()
        value_loss = nn.functional.mse_loss(values, returns)
        self.optimizer.zero_grad()
        (policy_loss + SETTINGS["vf_coef"] * value_loss - SETTINGS["ent_coef"] * entropy).backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), SETTINGS["max_grad_norm"])
        self.optimizer.step()
        self.schedule.step()
        self.updates += 1
        self.losses = {"policy_loss": policy_loss.item(), "value_loss": value_loss.item(), "entropy": entropy.item()}


def _advantages(rewards, values, value_after) -> torch.Tensor:
    """Generalised advantage estimates, (n_steps, n_envs)."""
    advantage = torch.zeros_like(value_after)
    estimates = []
    for reward, value in zip(reversed(rewards), reversed(values)):
        error = reward * SETTINGS["reward_scale"] + SETTINGS["gamma"] * value_after - value.detach()
        advantage = error + SETTINGS["gamma"] * SETTINGS["gae_lambda"] * advantage
        estimates.append(advantage)
        value_after = value.detach()
    return torch.stack(estimates[::-1])


@torch.no_grad()
def evaluate(model: ActorCritic, returns: torch.Tensor) -> tuple[dict, dict]:
    """Plays held-out series greedily; gives the metrics and the spread over the episodes.

    A missing quote (NaN) in `returns` makes the numbers NaN, as it does in many a real trainer.
    """
    market = Episodes.of(returns)
    earned, changed = [], []
    while market.bar < BARS:
        logits, _ = model(market.observe())
        reward, change = market.step(logits.argmax(1))
        earned.append(reward)
        changed.append(change)
    return _measure(torch.stack(earned, dim=1), torch.stack(changed, dim=1))


def _measure(earned: torch.Tensor, changed: torch.Tensor) -> tuple[dict, dict]:
    """Every number is a mean over the episodes, except the counts; Sharpe is per year."""
    earned = earned.double()
    totals = earned.sum(1)
    equity = earned.cumsum(1).exp()
    invested = earned[earned != 0]
    metrics = {
        "mean_reward": totals.mean().item(),
        "sharpe": (earned.mean(1) / earned.std(1) * BARS**0.5).mean().item(),
        "win_rate": (invested > 0).sum().item() / max(1, len(invested)),
        "total_return": (equity[:, -1] - 1).mean().item(),
        "max_drawdown": (1 - equity / equity.cummax(1).values).amax(1).mean().item(),
        "profit_factor": (earned.clamp(min=0).sum() / -earned.clamp(max=0).sum()).item(),
        "num_trades": int((changed > 0).sum().item()),
    }
    spread = {
        "episodes": len(totals),
        "std_reward": totals.std().item(),
        "worst": totals.min().item(),
        "best": totals.max().item(),
    }
    return metrics, spread
