import { expect, test } from 'vitest';
import { stemAnew } from './name-anew.ts';

test.each([
  ['model_v0007_reward0.5.pt', { act: 'convert', slim: false }, 'model_v0007_reward0.5'],
  ['model.safetensors', { act: 'convert', slim: true }, 'model-slim'],
  ['torn.zip', { act: 'repair', slim: false }, 'torn-repaired'],
  ['.hidden', { act: 'repair', slim: false }, '.hidden-repaired'],
] as const)('%s written anew by %j is called %s', (name, way, stem) => {
  expect(stemAnew(name, { ...way, to: 'pt' })).toBe(stem);
});
