import { ownValue } from '../../../../../shared/model/json.ts';
import { claimByFolders } from '../claim-by-folders.ts';
import { lastByNumber } from '../last-by-number.ts';
import type { Claim, FolderManifest, FolderVersion, Layout, NamesInside, RunSigns } from '../layout.ts';
import { objectIn, tellMissingNames } from '../missing-parts.ts';

const mains = [
  'algorithm_state.pkl',
  'algorithm_state.msgpck',
  'state.pkl',
  'state.msgpck',
  'policy_state.pkl',
];
const own =
  /\/(?:algorithm_state|policy_state|state)\.(?:pkl|msgpck)$|\/(?:rllib_checkpoint|metadata)\.json$|(?:^|\/)checkpoint_\d+\/checkpoint-\d+$/;

const policiesOf = 'rllib_checkpoint.json';
/** The older stack names its policies, each of which has a folder. rllib/algorithms/algorithm.py, __getstate__ */
const policyIndex: FolderManifest = {
  find: (_, inside) => (inside.has(policiesOf) ? policiesOf : null),
  missing: (text, _, inside) => {
    const ids = ownValue(objectIn(text), 'policy_ids');
    const named = Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
    return tellMissingNames(named.map((id) => `policies/${id}`).filter((path) => !inside.has(`${path}/`)));
  },
};

/**
 * `checkpoint_000010`: of the older stack `rllib_checkpoint.json` with `algorithm_state.pkl` and a folder for each policy, of the newer one
 * `metadata.json`, `class_and_ctor_args.pkl` and `state.pkl` for each component. rllib/algorithms/algorithm.py, rllib/utils/checkpoints.py. Before Ray 2.1
 * `checkpoint_10/checkpoint-10`, and at the end `checkpoint-10.tune_metadata`. ray/tune/trainable/trainable.py, save
 */
export const rllib: Layout = {
  id: 'rllib',
  name: 'RLlib',
  versionFolder: { recognise: recogniseFolder, countsSteps: false, manifest: policyIndex },
  recognise,
};

/** Tune counts its checkpoints, and goes on from the last one. train/_internal/checkpoint_manager.py */
function recognise(signs: RunSigns): Claim | null {
  const claim = claimByFolders(signs, own, 'folders with the state of an algorithm');
  return claim && { ...claim, ...lastByNumber(signs, /(?<=^|\/)checkpoint_(\d{1,15})\/[^/]+$/) };
}

/** What each stack is recognised by, what it writes last but for parts, and its state. */
const stacks = [
  { signs: ['class_and_ctor_args.pkl'], about: 'metadata.json', state: 'state.pkl' },
  {
    signs: ['rllib_checkpoint.json', 'algorithm_state.pkl', 'algorithm_state.msgpck'],
    about: 'rllib_checkpoint.json',
    state: 'algorithm_state.pkl',
  },
];

/** The newer stack, of a checkpoint that lacks what tells of what class it is. */
function leftOf(inside: NamesInside): (typeof stacks)[number] | undefined {
  const isOne = ['metadata.json', 'state.pkl', 'learner_group/'].every((name) => inside.has(name));
  return isOne ? stacks[0] : undefined;
}

const learners = 'learner_group/';
const stateRightIn = /^learner_group\/[^/]*state\.(?:pkl|msgpck)$/;

/** Each component writes what it is first, and its state last. rllib/utils/checkpoints.py, save_to_path */
function unfinishedLearners(inside: NamesInside): string[] {
  const isBegun = ['metadata.json', 'class_and_ctor_args.pkl'].some((name) => inside.has(learners + name));
  const isFinished = [...inside].some((name) => stateRightIn.test(name));
  return isBegun && !isFinished ? ['no state in learner_group: the save was not finished'] : [];
}

/** That of before Ray 2.1: the file is called as the folder, but for zeros before the number. */
function recogniseOldest(name: string, inside: NamesInside): Omit<FolderVersion, 'layout'> | null {
  const number = /^checkpoint_0*(\d{1,15})$/.exec(name)?.[1];
  const main = `checkpoint-${number}`;
  if (number === undefined || !inside.has(main)) return null;
  const last = `${main}.tune_metadata`;
  return { main, missing: inside.has(last) ? [] : [`no ${last}: the save was not finished`] };
}

function recogniseFolder(name: string, inside: NamesInside): Omit<FolderVersion, 'layout'> | null {
  const oldest = recogniseOldest(name, inside);
  if (oldest) return oldest;
  const stack = stacks.find(({ signs }) => signs.some((sign) => inside.has(sign))) ?? leftOf(inside);
  if (!stack) return null;
  const { about, state } = stack;
  const main = mains.find((name) => inside.has(name));
  const missing = [
    ...(stack.signs.some((sign) => inside.has(sign)) ? [] : [`${stack.signs[0]} is missing`]),
    ...(main === undefined ? [`its state is missing: no ${state}`] : []),
    ...unfinishedLearners(inside),
    ...(inside.has(about) ? [] : [`no ${about}: the save was not finished`]),
  ];
  return { main: main ?? about, missing };
}
