import type { SelectionMetric } from '../../../shared/model/metric.ts';
import { plural } from '../formats/plain-text.ts';
import type { TrainingRules } from './training-rules.ts';

/** What is remembered from one update to the next. */
export interface Progress {
  /** What tells the best. */
  ranking: Pick<SelectionMetric, 'name' | 'mode'>;
  /** Its best value so far; null while there is none. */
  best: number | null;
  /** How many updates measured it since. */
  idle: number;
  /** Where the last checkpoint became due: its step, and the time in milliseconds. */
  checkpoint: { step: number; at: number };
}

/** An update: how many steps training has come, and what it measured, null where it did not. */
export interface Measurement {
  step: number;
  value: number | null;
}

/** What is to be done after an update; `checkpoint` and `shouldStop` say why, null for not. */
export interface Decision {
  progress: Progress;
  newBest: boolean;
  checkpoint: string | null;
  shouldStop: string | null;
}

/** Decides by the rules alone. @param now milliseconds, on a clock that never goes back */
export function decide(rules: TrainingRules, before: Progress, update: Measurement, now: number): Decision {
  const newBest = isBetter(rules, before, update.value);
  const best = newBest ? update.value : before.best;
  const idle = newBest ? 0 : before.idle + Number(update.value !== null);
  const checkpoint = whyCheckpoint(rules, before, update, now);
  const progress = {
    ranking: before.ranking,
    best,
    idle,
    checkpoint: checkpoint === null ? before.checkpoint : { step: update.step, at: now },
  };
  return { progress, newBest, checkpoint, shouldStop: whyStop(rules, progress) };
}

/** A tie is no improvement, and what is not finite is none. */
function isBetter({ minImprovement }: TrainingRules, { best, ranking }: Progress, value: number | null) {
  if (value === null || !Number.isFinite(value)) return false;
  if (best === null) return true;
  const gain = ranking.mode === 'max' ? value - best : best - value;
  return gain > 0 && gain >= minImprovement;
}

function whyCheckpoint(
  { checkpointEverySteps: steps, checkpointEveryMinutes: minutes }: TrainingRules,
  { checkpoint }: Progress,
  { step }: Measurement,
  now: number,
): string | null {
  if (steps !== null && step - checkpoint.step >= steps) return `every ${plural(steps, 'step')}`;
  if (minutes !== null && now - checkpoint.at >= minutes * 60_000) return `every ${minutes} min`;
  return null;
}

function whyStop({ patience }: TrainingRules, { best, idle, ranking }: Progress): string | null {
  if (patience === null || idle < patience) return null;
  const than = best === null ? '' : ` than ${best}`;
  return `no better ${ranking.name}${than} in ${plural(idle, 'update')}`;
}
