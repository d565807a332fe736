import { timeInName } from '../../../shared/query/time-in-name.ts';

/** What a file's name says of its version. `timestamp` as it stands there (`YYYYmmdd_HHMMSS`). */
export interface NamedFacts {
  version: number | null;
  reward: number | null;
  /** How far a reward may be from the one in the name that is written with so many digits; 0 without one. */
  rewardStep: number;
  timestamp: string | null;
  step: number | null;
}

/** The last one counts: a prefix may have one of its own (`agent_v2_v0007_…`). */
const versionPart = /^(?:.*_)?v(\d{1,15})(?=_|$)/s;
const rewardPart = /^(?:.*_)?reward(n|-)?(\d+(?:\.\d+)?|inf|nan)(?=_|$)/is;
const stepPart = /(?:^|_)(?:step_?(\d{1,15})|(\d{1,15})_steps)(?=_|$)/;

/**
 * Reads `{prefix}_{version}_reward{reward}_{timestamp}` and `…_step_000005120` names, in any order of their parts; a minus
 * is written as `n`. Source: the reference's naming.
 * @param stem the file's name without its ending
 */
export function parseFileName(stem: string): NamedFacts {
  const step = stepPart.exec(stem);
  const reward = rewardPart.exec(stem);
  return {
    version: wholeNumber(versionPart.exec(stem)?.[1]),
    reward: rewardOf(reward),
    rewardStep: stepOf(reward?.[2] ?? ''),
    timestamp: timeInName(stem),
    step: wholeNumber(step?.[1] ?? step?.[2]),
  };
}

function wholeNumber(digits: string | undefined): number | null {
  return digits === undefined ? null : Number(digits);
}

/** One of the last digit. */
function stepOf(digits: string): number {
  const dot = digits.indexOf('.');
  return /^\d/.test(digits) ? 10 ** (dot === -1 ? 0 : dot + 1 - digits.length) : 0;
}

function rewardOf(match: RegExpExecArray | null): number | null {
  if (!match) return null;
  const [, minus, digits = ''] = match;
  const word = digits.toLowerCase();
  const size = word === 'inf' ? Number.POSITIVE_INFINITY : word === 'nan' ? Number.NaN : Number(digits);
  return minus ? -size : size;
}
