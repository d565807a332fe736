import type { ReturnFacts } from '../../shared/model/run-choices.ts';

/** What a form about the returns behind a Sharpe ratio holds, while it is being filled in. */
export interface ReturnsDraft extends Omit<ReturnFacts, 'annualised_by'> {
  annualised: 'unsaid' | 'no' | 'yes';
  perYear: number | null;
}

export function draftOf({ annualised_by: by, ...facts }: ReturnFacts): ReturnsDraft {
  if (by === null) return { ...facts, annualised: 'unsaid', perYear: null };
  return by === 1
    ? { ...facts, annualised: 'no', perYear: null }
    : { ...facts, annualised: 'yes', perYear: by };
}

export function factsOf({ annualised, perYear, ...facts }: ReturnsDraft): ReturnFacts {
  const by = annualised === 'no' ? 1 : annualised === 'yes' ? perYear : null;
  return { ...facts, annualised_by: by };
}

/** What is wrong with each field, in one line; null where nothing is. An empty field is not wrong, but where another needs it. */
export interface DraftFaults {
  periods: string | null;
  perYear: string | null;
  kurtosis: string | null;
  trials: string | null;
}

export function faultsOf(draft: ReturnsDraft): DraftFaults {
  const { periods, annualised, perYear, trials } = draft;
  const isAsked = annualised === 'yes';
  return {
    periods: periods !== null && periods < 2 ? 'At least 2.' : null,
    perYear: isAsked && (perYear === null || perYear <= 0) ? 'How many of them make a year.' : null,
    kurtosis: kurtosisFault(draft),
    trials: trials !== null && trials < 1 ? 'At least 1.' : null,
  };
}

function kurtosisFault({ skewness, kurtosis }: ReturnsDraft): string | null {
  const least = 1 + (skewness ?? 0) ** 2;
  if (kurtosis === null || kurtosis >= least) return null;
  return `At least 1 + skewness², here ${Number(least.toPrecision(4))}; a normal distribution has 3.`;
}
