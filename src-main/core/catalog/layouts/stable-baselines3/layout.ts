import { claimByNames } from '../claim-by-names.ts';
import type {
  Claim,
  FolderVersion,
  Layout,
  NamedState,
  NamesInside,
  RunSigns,
  SharedNaming,
} from '../layout.ts';
import { isModelOfRun } from '../shared-models.ts';
import { companions } from './companions.ts';

const saved = /_\d+_steps\.zip$/;
const best = 'best_model.zip';
/** Where the guide has it kept. docs/guide/callbacks.rst, EvalCallback and CallbackList */
const bestFolder = 'best_model';
const evaluations = 'evaluations.npz';
const bestInside = `${bestFolder}/${best}`;

const statistics = ['vec_normalize.pkl', 'vecnormalize.pkl'];
/** What the guide has saved with the model that was trained with it. docs/guide/examples.rst, normalizing input features */
const shared: SharedNaming = {
  goWith: isModelOfRun,
  names: statistics,
  kinds: new Map(statistics.map((name) => [name, 'vecnormalize'])),
  paths: () => [...statistics],
};

/**
 * What CheckpointCallback and EvalCallback leave: `{prefix}_{steps}_steps.zip` with its companions, `best_model.zip` and `evaluations.npz`.
 * stable_baselines3/common/callbacks.py
 */
export const stableBaselines3: Layout = {
  id: 'stable-baselines3',
  name: 'stable-baselines3',
  writes: 'stable-baselines3',
  companions,
  shared,
  versionFolder: {
    recognise: recogniseFolder,
    countsSteps: false,
    readName: (_, main) => readName(main),
  },
  readName,
  recognise,
};

/** What the callback for evaluations keeps. */
function readName(name: string): NamedState | null {
  return name === best ? { step: null, episode: null, metrics: [], isBest: true } : null;
}

/** What EvalCallback overwrites in a folder that the run has for it alone; with its evaluations there, it is a run by itself. */
function recogniseFolder(name: string, inside: NamesInside): Omit<FolderVersion, 'layout'> | null {
  const isAlone = [...inside].filter((each) => each.endsWith('.zip')).length === 1;
  if (name !== bestFolder || !isAlone || !inside.has(best) || inside.has(evaluations)) return null;
  return { main: best, missing: [] };
}

function recognise(signs: RunSigns): Claim | null {
  const named = claimByNames(signs, (name) => saved.test(name), 'are named PREFIX_N_steps.zip');
  const claim = named ?? claimByBest(signs);
  const kept = signs.has(best) ? best : signs.ids.find((id) => id === bestInside);
  return claim && { ...claim, ...(kept === undefined ? {} : { best: kept }) };
}

function claimByBest({ ids, has }: RunSigns): Claim | null {
  if (!ids.includes(best) || !has(evaluations)) return null;
  return { sureness: 'likely', why: `it has ${best} beside evaluations.npz` };
}
