import { claimByFolders } from '../claim-by-folders.ts';
import { lastByNumber } from '../last-by-number.ts';
import type { Claim, FolderVersion, Layout, NamesInside, RunSigns } from '../layout.ts';

const mains = [
  'algorithm_state.pkl',
  'algorithm_state.msgpck',
  'state.pkl',
  'state.msgpck',
  'policy_state.pkl',
];
const own =
  /\/(?:algorithm_state|policy_state|state)\.(?:pkl|msgpck)$|\/(?:rllib_checkpoint|metadata)\.json$/;

/**
 * `checkpoint_000010`: of the older stack `rllib_checkpoint.json` with `algorithm_state.pkl` and a folder for each policy, of the newer one
 * `metadata.json`, `class_and_ctor_args.pkl` and `state.pkl` for each component. rllib/algorithms/algorithm.py, rllib/utils/checkpoints.py
 */
export const rllib: Layout = {
  id: 'rllib',
  name: 'RLlib',
  versionFolder: { recognise: recogniseFolder, countsSteps: false },
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

function recogniseFolder(_: string, inside: NamesInside): Omit<FolderVersion, 'layout'> | null {
  const stack = stacks.find(({ signs }) => signs.some((sign) => inside.has(sign))) ?? leftOf(inside);
  if (!stack) return null;
  const { about, state } = stack;
  const main = mains.find((name) => inside.has(name));
  const missing = [
    ...(stack.signs.some((sign) => inside.has(sign)) ? [] : [`${stack.signs[0]} is missing`]),
    ...(main === undefined ? [`its state is missing: no ${state}`] : []),
    ...(inside.has(about) ? [] : [`no ${about}: the save was not finished`]),
  ];
  return { main: main ?? about, missing };
}
