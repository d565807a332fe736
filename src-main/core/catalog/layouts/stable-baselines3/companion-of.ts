import type { Companion } from '../layout.ts';

/** Companions by the words for them in names, with what is said of them. */
const kinds = {
  vecnormalize: { what: 'VecNormalize statistics', are: 'are' },
  replay_buffer: { what: 'replay buffer', are: 'is' },
} as const;
export type CompanionKind = keyof typeof kinds;
export const companionKinds = Object.keys(kinds) as CompanionKind[];

const ofCompanion = /^(.*_)(vecnormalize|replay_buffer)_(\d+_steps)\.pkl$/s;
const ofModel = /^(.*_)(\d+_steps)\.[^./]+$/s;

/**
 * What CheckpointCallback saves beside `{prefix}_{steps}_steps.zip`: `{prefix}_vecnormalize_{steps}_steps.pkl` and
 * `{prefix}_replay_buffer_{steps}_steps.pkl`. stable_baselines3/common/callbacks.py
 */
export function companionOf(name: string): Companion | null {
  const [, prefix, kind, steps] = (name.endsWith('.pkl') && ofCompanion.exec(name)) || [];
  return kind === undefined ? null : { kind: kind as CompanionKind, stem: `${prefix}${steps}` };
}

/** What the names of models of one training begin with, by the id or name of one of them; null where it is none that has companions. */
export function familyOf(id: string): string | null {
  return ofModel.exec(id)?.[1] ?? null;
}

/** The names that the companions of a model would have, by its name. */
export function companionsOf(model: string): string[] {
  const [, prefix, steps] = ofModel.exec(model) ?? [];
  return prefix === undefined ? [] : companionKinds.map((kind) => `${prefix}${kind}_${steps}.pkl`);
}

export function tellMissing(kind: CompanionKind): string {
  const { what, are } = kinds[kind];
  return `its ${what}, which other versions here have, ${are} missing`;
}

export function tellOlder(kind: CompanionKind): string {
  const { what, are } = kinds[kind];
  return `its ${what} ${are} older than it, and may be of another training`;
}
