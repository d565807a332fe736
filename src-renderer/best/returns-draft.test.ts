import { expect, test } from 'vitest';
import { noReturnFacts } from '../../shared/model/run-choices.ts';
import { draftOf, factsOf, faultsOf } from './returns-draft.ts';

test.each([null, 1, 252, 12.5])('what was said of a year comes back as it was said: %s', (by) => {
  const facts = { ...noReturnFacts, periods: 9, annualised_by: by };
  expect(factsOf(draftOf(facts))).toEqual(facts);
});

test('annualised without saying by how many is not said', () => {
  expect(factsOf({ ...draftOf(noReturnFacts), annualised: 'yes' }).annualised_by).toBeNull();
});

test('a kurtosis that no returns have is refused before it is kept', () => {
  const draft = draftOf({ ...noReturnFacts, skewness: -2, kurtosis: 4 });
  expect(faultsOf(draft).kurtosis).toMatch(/At least 1 \+ skewness², here 5/);
  expect([5, 9, null].map((kurtosis) => faultsOf({ ...draft, kurtosis }).kurtosis)).toEqual([
    null,
    null,
    null,
  ]);
});

test('what cannot be is said at its field, and nothing that was typed becomes another number', () => {
  const none = draftOf(noReturnFacts);
  expect(faultsOf(none)).toEqual({ periods: null, perYear: null, kurtosis: null, trials: null });
  expect(faultsOf({ ...none, periods: -5, trials: 0 })).toMatchObject({
    periods: 'At least 2.',
    trials: 'At least 1.',
  });
  expect(faultsOf({ ...none, annualised: 'yes' }).perYear).toBe('How many of them make a year.');
  expect(faultsOf({ ...none, annualised: 'yes', perYear: 252 }).perYear).toBeNull();
});
