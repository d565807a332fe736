import { layoutSuite } from '../layout-suite.ts';
import { orbax } from './layout.ts';

const item = ['default/', 'default/_METADATA', 'default/manifest.ocdbt', 'default/d/', 'default/d/0123'];

layoutSuite(orbax, {
  names: {},
  leftovers: ['1000.orbax-checkpoint-tmp', 'step_1000.orbax-checkpoint-tmp-1700000000'],
  folders: [
    {
      name: '1000',
      inside: ['_CHECKPOINT_METADATA', ...item],
      version: { main: '_CHECKPOINT_METADATA' },
    },
    { name: 'step_7', inside: ['_METADATA', 'manifest.ocdbt'], version: { main: '_METADATA' } },
    {
      name: '1000',
      inside: ['_CHECKPOINT_METADATA', 'state.orbax-checkpoint-tmp-4/', 'state.orbax-checkpoint-tmp-4/d/'],
      version: {
        main: '_CHECKPOINT_METADATA',
        missing: ['state.orbax-checkpoint-tmp-4 is in it: the save was not finished'],
      },
    },
    { name: '1000', inside: ['d/', 'default/'], version: null },
  ],
  runs: [
    { ids: ['1000/_CHECKPOINT_METADATA'], claim: { sureness: 'likely' } },
    { ids: ['1000/model.pt'], claim: null },
  ],
});
