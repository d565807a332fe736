"""A toy market with something to learn, and a small actor-critic that learns it.

The market is calm or nervous, and does not say which. While calm, log returns are noise on top of a slow
hidden drift (an AR(1) process): follow it. While nervous they are twice as wide and tend to turn back the
next day: fade them. The trader is short, flat or long and pays for every change of position.
"""

from dataclasses import dataclass

import torch
from torch import nn

BARS = 252
"""Trading days in an episode."""
WINDOW = 12
"""Past returns the trader sees."""
WARM_UP = 60
"""Bars before an episode begins, for the averages to settle."""
NOISE = 0.01
DRIFT = 0.003
PERSISTENCE = 0.92
REVERSAL = 0.3
"""Share of a nervous day's return that the next day takes back."""
SWITCH = 0.02
"""Chance, each day, that the mood changes."""
COST = 0.0004
"""Paid for each unit of position changed."""
OBSERVATION = WINDOW + 5


class ActorCritic(nn.Module):
    """A shared trunk, a policy over short, flat and long, and a value."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(OBSERVATION, hidden), nn.Tanh(), nn.Linear(hidden, hidden), nn.Tanh())
        self.policy = nn.Linear(hidden, 3)
        self.value = nn.Linear(hidden, 1)

    def forward(self, observation: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        features = self.trunk(observation)
        return self.policy(features), self.value(features).squeeze(-1)


def draw_returns(generator: torch.Generator, series: int) -> torch.Tensor:
    """Log returns of independent price series, (series, WARM_UP + BARS + 1)."""
    bars = WARM_UP + BARS + 1
    noise = torch.randn(bars, series, generator=generator)
    shocks = torch.randn(bars, series, generator=generator) * DRIFT * (1 - PERSISTENCE**2) ** 0.5
    switches = torch.rand(bars, series, generator=generator) < SWITCH
    nervous = torch.rand(series, generator=generator) < 0.5
    drift = torch.zeros(series)
    returns = [torch.zeros(series)]
    for bar in range(bars):
        nervous = nervous ^ switches[bar]
        drift = PERSISTENCE * drift + shocks[bar]
        calm_return = drift + NOISE * noise[bar]
        nervous_return = 2 * NOISE * noise[bar] - REVERSAL * returns[-1]
        returns.append(torch.where(nervous, nervous_return, calm_return))
    return torch.stack(returns[1:], dim=1)


def _moving_average(returns: torch.Tensor, span: int) -> torch.Tensor:
    weight = 2 / (span + 1)
    average = torch.zeros(returns.shape[0])
    averages = []
    for bar in range(returns.shape[1]):
        average = average + weight * (returns[:, bar] - average)
        averages.append(average)
    return torch.stack(averages, dim=1)


@dataclass
class Episodes:
    """Some parallel episodes: what the market does, and the position held in each."""

    returns: torch.Tensor
    averages: list[torch.Tensor]
    position: torch.Tensor
    bar: int = 0

    @classmethod
    def of(cls, returns: torch.Tensor) -> "Episodes":
        trends = [_moving_average(returns, span) * span**0.5 / NOISE for span in (8, 20, 45)]
        volatility = _moving_average(returns.abs(), 10) / NOISE - 1
        return cls(returns, [*trends, volatility], torch.zeros(returns.shape[0]))

    def observe(self) -> torch.Tensor:
        """What is known when the market closes: (series, OBSERVATION)."""
        last = WARM_UP + self.bar
        window = self.returns[:, last - WINDOW : last] / NOISE
        averages = torch.stack([average[:, last - 1] for average in self.averages], dim=1)
        return torch.cat([window, averages, self.position.unsqueeze(1)], dim=1)

    def step(self, action: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Takes positions (0 short, 1 flat, 2 long); gives the returns earned and the positions changed."""
        position = action.float() - 1
        changed = (position - self.position).abs()
        earned = position * self.returns[:, WARM_UP + self.bar] - COST * changed
        self.position = position
        self.bar += 1
        return earned, changed
