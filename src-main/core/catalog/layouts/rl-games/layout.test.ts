import { layoutSuite } from '../layout-suite.ts';
import { rlGames } from './layout.ts';

layoutSuite(rlGames, {
  names: {
    'last_Ant_ep_100_rew_123.45.pth': {
      metrics: [
        ['epoch', 100],
        ['reward', 123.45],
      ],
    },
    'Shadow_Hand_ep_5_rew_-7.5.pth': {
      metrics: [
        ['epoch', 5],
        ['reward', -7.5],
      ],
    },
    'last_Ant_ep_500_rew__4711.0_.pth': {
      metrics: [
        ['epoch', 500],
        ['reward', 4711],
      ],
    },
    'last_Ant_ep_500_rew_-inf.pth': {
      metrics: [
        ['epoch', 500],
        ['reward', Number.NEGATIVE_INFINITY],
      ],
    },
    'last_Ant_frame_65536_rew_0.5.pth': { step: 65_536, metrics: [['reward', 0.5]] },
    'Ant.pth': null,
    'last_Ant_ep_100.pth': null,
    'last_Ant_ep_100_rew_123.45.pt': null,
  },
  runs: [
    {
      ids: ['nn/Ant.pth', 'nn/last_Ant_ep_100_rew_123.45.pth', 'nn/last_Ant_ep_50_rew_1.5.pth'],
      claim: { sureness: 'likely', best: 'nn/Ant.pth' },
    },
    { ids: ['nn/Other.pth', 'nn/last_Ant_ep_100_rew_123.45.pth'], claim: { sureness: 'likely' } },
    { ids: ['nn/Ant.pth'], claim: null },
  ],
});
