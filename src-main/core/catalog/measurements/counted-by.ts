import { rule } from '../../formats/damage.ts';
import type { Axis } from './metric-log.ts';

/** What frameworks call the count of what was trained so far, those before the others that count nearer to what versions do. */
const names: Record<Axis, readonly string[]> = {
  step: [
    'step',
    'global_step',
    'time/total_timesteps',
    'timesteps_total',
    'num_env_steps_sampled_lifetime',
    'total_timesteps',
    'timesteps',
    'TotalEnvInteracts',
  ],
  iteration: ['training_iteration', 'iteration'],
  epoch: ['epoch', 'Epoch'],
};

const axes: readonly Axis[] = ['step', 'iteration', 'epoch'];

/** What the rows of a log are counted by, and under which names. */
export interface CountedBy {
  axis: Axis;
  /** The second count, where it has two. */
  also: Axis | null;
  counted: readonly (readonly [axis: Axis, name: string])[];
}

/** @throws Damage where none of the names counts anything */
export function axesOf(present: Iterable<string>): CountedBy {
  const there = new Set(present);
  const counted = axes.flatMap((axis) => {
    const name = names[axis].find((each) => there.has(each));
    return name === undefined ? [] : [[axis, name] as const];
  });
  const [first, second] = counted;
  rule(first !== undefined, 'nothing in it counts steps, iterations or epochs');
  return { axis: first[0], also: second?.[0] ?? null, counted: counted.slice(0, 2) };
}

/** And what names of files alone count: TensorFlow's saves, and the updates of Sample Factory. */
const counts: ReadonlySet<string> = new Set([
  ...Object.values(names).flat(),
  ...['checkpoint_number', 'train_step'],
]);

/** Whether a name is one that frameworks have for how far training had come, and so of no metric. */
export function isCount(name: string): boolean {
  return counts.has(name);
}
