import { expect, test } from 'vitest';
import { compareNatural } from '../../shared/query/compare-natural.ts';
import { naturalKey } from './natural-key.ts';

test('keys order names as compareNatural does', () => {
  const names = ['v10', 'v9', 'v010b', 'V2', 'model_v10000_x', 'model_v9999_x', 'model_v1_a', 'a', '7', '70'];
  const byKey = [...names].sort((a, b) => (naturalKey(a) < naturalKey(b) ? -1 : 1));
  expect(byKey).toEqual([...names].sort(compareNatural));
});
