import { layoutSuite } from '../layout-suite.ts';
import { savedModel } from './layout.ts';

const variables = ['variables/', 'variables/variables.index', 'variables/variables.data-00000-of-00001'];

layoutSuite(savedModel, {
  names: {},
  folders: [
    {
      name: 'saved_model',
      inside: ['saved_model.pb', 'fingerprint.pb', 'assets/', ...variables],
      version: { main: 'saved_model.pb' },
    },
    { name: '1', inside: ['saved_model.pb'], version: { main: 'saved_model.pb' } },
    { name: 'export', inside: ['saved_model.pb', 'variables/'], version: { main: 'saved_model.pb' } },
    {
      name: 'export',
      inside: ['saved_model.pb', 'variables/', 'variables/variables.data-00000-of-00002'],
      version: {
        main: 'saved_model.pb',
        missing: [
          'variables/variables.index is missing',
          'variables/variables.data-00001-of-00002 is missing',
        ],
      },
    },
    { name: 'saved_model', inside: variables, version: null },
  ],
  runs: [
    { ids: ['1/saved_model.pb'], claim: { sureness: 'likely' } },
    { ids: ['1/model.pt'], claim: null },
  ],
});
