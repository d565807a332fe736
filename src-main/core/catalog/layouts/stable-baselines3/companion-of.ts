import type { Companion } from '../layout.ts';

const pattern = /^(.*_)(vecnormalize|replay_buffer)_(\d+_steps)\.pkl$/s;

/**
 * What CheckpointCallback saves beside `{prefix}_{steps}_steps.zip`: `{prefix}_vecnormalize_{steps}_steps.pkl` and
 * `{prefix}_replay_buffer_{steps}_steps.pkl`. stable_baselines3/common/callbacks.py
 */
export function companionOf(name: string): Companion | null {
  const [, prefix, kind, steps] = (name.endsWith('.pkl') && pattern.exec(name)) || [];
  return kind === undefined ? null : { kind, stem: `${prefix}${steps}` };
}
