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
    {
      name: '1000',
      inside: item,
      version: { main: 'default/_METADATA', missing: ['_CHECKPOINT_METADATA is missing'] },
    },
    {
      name: 'step_8',
      inside: [
        'commit_success.txt',
        'assets/',
        ...item,
        'params/',
        'params/_METADATA',
        'params/manifest.ocdbt',
      ],
      version: { main: 'default/_METADATA' },
    },
    {
      name: '9',
      inside: [
        'assets/',
        'train_state/',
        'train_state/_METADATA',
        'train_state/a.b/',
        'train_state/a.b/.zarray',
      ],
      version: { main: 'train_state/_METADATA' },
    },
    {
      name: '10',
      inside: [
        'default.orbax-checkpoint-tmp-3/',
        'metrics/',
        'metrics/metrics',
        'state/',
        'state/manifest.ocdbt',
      ],
      version: {
        main: 'state/manifest.ocdbt',
        missing: [
          '_CHECKPOINT_METADATA is missing',
          'default.orbax-checkpoint-tmp-3 is in it: the save was not finished',
        ],
      },
    },
    { name: '1000', inside: ['d/', 'default/'], version: null },
    { name: 'run_1', inside: ['1000/', '1000/_METADATA', '2000/', '2000/_METADATA'], version: null },
    { name: 'run_1', inside: ['notes.txt', ...item], version: null },
  ],
  runs: [
    {
      ids: ['1000/_CHECKPOINT_METADATA', '200/_CHECKPOINT_METADATA'],
      claim: { sureness: 'likely', last: '1000/_CHECKPOINT_METADATA' },
    },
    {
      ids: ['step_9/default/manifest.ocdbt', 'step_10/default/manifest.ocdbt'],
      claim: { last: 'step_10/default/manifest.ocdbt' },
    },
    { ids: ['1000/model.pt'], claim: null },
  ],
});
