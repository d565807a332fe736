import { layoutSuite } from '../layout-suite.ts';
import { flax } from './layout.ts';

layoutSuite(flax, {
  names: {
    checkpoint_0: { version: 0, step: 0 },
    checkpoint_12000: { version: 12_000, step: 12_000 },
    'model.msgpack': null,
  },
  leftovers: ['checkpoint_300tmp'],
  others: [
    'checkpoint_000010',
    'checkpoint',
    'checkpoint_',
    '.msgpack',
    'my_checkpoint_5',
    'replay_buffer.msgpack',
    'episodes.msgpack',
  ],
  runs: [
    { ids: ['checkpoint_100', 'checkpoint_200'], claim: { sureness: 'likely' } },
    { ids: ['checkpoint_100.pth'], claim: null },
  ],
});
