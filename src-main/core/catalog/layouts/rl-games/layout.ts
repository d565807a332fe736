import { bestNamed, claimByNames, fileName } from '../claim-by-names.ts';
import type { Claim, Layout, NamedState, RunSigns } from '../layout.ts';
import { pythonNumber, readNumber } from '../name-numbers.ts';

/** Means of several agents are an array of numpy, whose brackets become `_`. */
const saved = new RegExp(
  `^(?:last_)?(.+)_(?:ep_(\\d{1,9})|frame_(\\d{1,15}))_rew_{1,2}(${pythonNumber})_?\\.pth$`,
  's',
);

/**
 * What is left below `runs/{name}`: `nn/{name}.pth`, the best so far, `nn/last_{name}_ep_{epoch}_rew_{reward}.pth`, at the end with `frame`
 * instead where that was the limit, and events in `summaries/`. rl_games/common/a2c_common.py, train of ContinuousA2CBase
 */
export const rlGames: Layout = {
  id: 'rl-games',
  name: 'rl_games',
  writes: 'rl-games',
  foldersBeside: { folders: ['nn'], signs: ['summaries', 'params', 'config.yaml'] },
  readName,
  recognise,
};

function readName(name: string): NamedState | null {
  const [, , epoch, frame, reward] = saved.exec(name) ?? [];
  if (reward === undefined) return null;
  return {
    step: frame === undefined ? null : Number(frame),
    episode: null,
    metrics: [
      ...(epoch === undefined ? [] : [['epoch', Number(epoch)] as const]),
      ['reward', readNumber(reward)],
    ],
    isBest: false,
  };
}

function recognise(signs: RunSigns): Claim | null {
  const claim = claimByNames(signs, (name) => saved.test(name), 'are named NAME_ep_EPOCH_rew_REWARD');
  if (!claim) return null;
  const bests = new Set(signs.ids.map((id) => `${saved.exec(fileName(id))?.[1]}.pth`));
  return { ...claim, ...bestNamed(signs, (name) => bests.has(name)) };
}
