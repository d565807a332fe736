import { expect, test } from 'vitest';
import type { IntegrityState } from '../model/integrity.ts';
import { whatIsLost } from './what-is-lost.ts';

/** `*` for the best, `-` for one that goes, then its state. */
function lostOf(versions: readonly string[]) {
  return whatIsLost(
    versions.map((text) => ({
      isBest: text.includes('*'),
      isGoing: text.includes('-'),
      state: text.replace(/[*-]/g, '') as IntegrityState,
    })),
  );
}

test.each([
  [['-verified', '*verified'], null],
  [['-torn', 'torn'], null],
  [['-*verified', 'unsealed'], { best: true, left: 'intact' }],
  [['-verified', 'torn'], { best: false, left: 'broken' }],
  [['-*unverified', 'mismatch'], { best: true, left: 'broken' }],
  [['-*verified', '-torn'], { best: true, left: 'none' }],
  [['-torn'], { best: false, left: 'none' }],
])('where %j go, a run loses %j', (versions, lost) => {
  expect(lostOf(versions)).toEqual(lost);
});
