import { asLast, bestNamed, claimByNames, fileName, lastOfEach } from '../claim-by-names.ts';
import type { Claim, Layout, NamedState, RunSigns } from '../layout.ts';
import { pythonNumber, readNumber } from '../name-numbers.ts';

const saved = /^checkpoint_(\d{9,15})_(\d{1,15})\.pth$/;
const best = new RegExp(`^best_(\\d{9,15})_(\\d{1,15})_(.+)_(${pythonNumber})\\.pth$`, 'is');
/** Policies of one training. More have not been seen; the folder of each further one can be opened as a run. */
const policies = [0, 1, 2, 3, 4, 5, 6, 7];

/**
 * What the learner leaves below `{train_dir}/{experiment}`: `checkpoint_p{policy}/checkpoint_{train_step:09d}_{env_steps}.pth`, copies in
 * `milestones/`, `best_{train_step:09d}_{env_steps}_{metric}_{value:.3f}.pth`, and `checkpoint_temp` while it saves.
 * sample_factory/algo/learning/learner.py
 */
export const sampleFactory: Layout = {
  id: 'sample-factory',
  name: 'Sample Factory',
  writes: 'sample-factory',
  folders: policies.flatMap((policy) => [`checkpoint_p${policy}`, `checkpoint_p${policy}/milestones`]),
  isLeftover: (name) => name === 'checkpoint_temp' || name === 'best_temp',
  readName,
  recognise,
};

/** Names sort as they were saved: the latest of the best ones, of which the learner keeps one of each policy, and the checkpoint that it goes on from. */
function recognise(signs: RunSigns): Claim | null {
  const how = 'are named checkpoint_TRAINSTEP_ENVSTEPS';
  const claim = claimByNames(signs, (name) => readName(name) !== null, how);
  return claim && { ...claim, ...bestNamed(signs, (name) => best.test(name)), ...lastNamed(signs) };
}

/** `get_checkpoints` of the learner; of several policies each has its own. */
function lastNamed({ withMetric }: RunSigns): Pick<Claim, 'last' | 'lasts'> {
  const own = withMetric('train_step').filter(
    (id) => saved.test(fileName(id)) && !id.includes('milestones/'),
  );
  return asLast(lastOfEach(own));
}

function readName(name: string): NamedState | null {
  const [, trainStep, steps, metric, value] = saved.exec(name) ?? best.exec(name) ?? [];
  if (trainStep === undefined) return null;
  const measured = metric === undefined || value === undefined ? [] : [[metric, readNumber(value)] as const];
  return {
    step: Number(steps),
    episode: null,
    metrics: [['train_step', Number(trainStep)], ...measured],
    isBest: metric !== undefined,
  };
}
