import {
  planRetention,
  type RetentionCandidate,
  type RetentionDecision,
  type RetentionRules,
} from './plan-retention.ts';

export const sharpe = { name: 'sharpe', mode: 'max' } as const;
export const at = (milliseconds: number) => ({ milliseconds, zoned: false });

export function version(id: string, rest: Partial<RetentionCandidate> = {}): RetentionCandidate {
  const record = { id, kind: 'best', number: null, value: null, state: 'verified', time: null } as const;
  const free = {
    pinned: false,
    linked: false,
    wanted: [],
    immovable: null,
    doubt: null,
    bytes: null,
    measurement: null,
    recognised: null,
    companions: [],
  };
  return { ...record, modifiedAt: 0, step: null, ...free, ...rest };
}

export const rule = (rest: Partial<RetentionRules>): RetentionRules => ({
  keepBest: null,
  keepLatest: null,
  keepEvery: null,
  kinds: 'all',
  ...rest,
});
export const keepNothing = rule({ keepBest: 0, keepLatest: 0 });

/** Stands beside the versions of a test and takes both refusals every run has, so that they do not get in the way. */
export const leader = version('leader', { value: 1e6, time: at(1e6) });

export function plan(versions: readonly RetentionCandidate[], rest: Partial<RetentionRules>) {
  return planRetention([...versions, leader], rule(rest), sharpe);
}
export const shown = ({ id, keep, reasons }: RetentionDecision) =>
  `${keep ? '+' : '-'} ${id}: ${reasons.join(', ')}`;
export const decide = (versions: readonly RetentionCandidate[], rest: Partial<RetentionRules>) =>
  plan(versions, rest).decisions.slice(0, -1).map(shown);
