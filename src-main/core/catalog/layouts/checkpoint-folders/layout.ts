import { type JsonObject, objectOrNull, ownValue } from '../../../../../shared/model/json.ts';
import { compareNatural } from '../../../../../shared/query/compare-natural.ts';
import { isBegunByAccelerate, tellNoWeights, unfinishedByAccelerate } from '../accelerate.ts';
import { claimByFolders } from '../claim-by-folders.ts';
import type { FolderVersion, Layout, NamesInside } from '../layout.ts';
import { missingParts } from '../missing-parts.ts';
import { weightIndex } from '../weight-index.ts';

const folder = /^(?:checkpoint|ckpt|epoch|(?:global_)?step)[-_]?\d{1,15}$/i;
const own = /^(?:checkpoint|ckpt|epoch|(?:global_)?step)[-_]?\d{1,15}\/[^/]+$/i;
const state = 'training_state.json';
const model = /\.(?:pt|pth|ckpt|safetensors|zip|bin|h5|keras|msgpack)$/i;
/** What is saved beside a model to go on from. */
const beside =
  /^(?:optimizer|optim|scheduler|scaler|sampler|rng_state|random_states|training_args|replay_buffer|vecnormalize)/i;
/** A name with a count of its own is one of many in the folder, and the folder holds versions. */
const counted = /(?:step|epoch|iter|ep|v|_|-)\d/i;
const part = /-\d{5}-of-\d{5}\./;
const first = /^(?:model|policy|agent|pytorch_model|network|weights)\b/i;
/** More models than this in one folder are versions of something, and no parts of one. */
const most = 8;

/**
 * `checkpoint_{N}/`, or `epoch_{N}/` of accelerate's examples, as trainers write it by themselves: a model, or the few that are one, with what
 * goes with it. `training_state.json` beside `model.zip` has `current_step`, `timestamp`, `session_id` and `reward_stats`.
 */
export const checkpointFolders: Layout = {
  id: 'checkpoint-folders',
  name: 'Checkpoint folders',
  versionFolder: {
    recognise: recogniseFolder,
    countsSteps: true,
    record: { name: state, read: readState },
    manifest: weightIndex,
  },
  recognise: (signs) => claimByFolders(signs, own, 'folders named checkpoint_N'),
};

function recogniseFolder(name: string, inside: NamesInside): Omit<FolderVersion, 'layout'> | null {
  if (!folder.test(name)) return null;
  const models = [...inside].filter((each) => !each.includes('/') && model.test(each) && !beside.test(each));
  const single = models.filter((each) => !part.test(each));
  if (single.length > most || single.some((each) => counted.test(each))) return null;
  const main = models.sort(firstFirst)[0];
  if (main !== undefined)
    return { main, missing: [...missingParts(inside), ...unfinishedByAccelerate(inside)] };
  if (inside.has(state)) return { main: state, missing: ['its model is missing: no model.zip'] };
  return recogniseWithoutWeights(inside);
}

/** What accelerate wrote, but for the weights. Where these are spread over several machines, they are in folders of their own. */
function recogniseWithoutWeights(inside: NamesInside): Omit<FolderVersion, 'layout'> | null {
  const main = [...inside].filter(isBegunByAccelerate).sort(compareNatural)[0];
  if (main === undefined || [...inside].some((name) => name.endsWith('/'))) return null;
  return { main, missing: [tellNoWeights, ...unfinishedByAccelerate(inside)] };
}

function firstFirst(a: string, b: string): number {
  return Number(first.test(b)) - Number(first.test(a)) || compareNatural(a, b);
}

/** The mean of its rewards is what the training took for how good it was. */
function readState(object: JsonObject): JsonObject {
  const stats = objectOrNull(ownValue(object, 'reward_stats'));
  const spread = ownValue(stats, 'std') ?? null;
  return {
    timestamp: ownValue(object, 'timestamp') ?? null,
    reward: ownValue(stats, 'mean') ?? null,
    metrics: spread === null ? {} : { reward_std: spread },
    training_state: { step: ownValue(object, 'current_step') ?? null },
  };
}
