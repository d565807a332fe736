import { isAmount, type QueryField } from '../../shared/query/language/fields.ts';

/** A way to compare a field, in words. */
export interface Comparison {
  operator: string;
  meaning: string;
  needsValue: boolean;
}

const ofAmounts = [
  compared('>=', 'is at least'),
  compared('<=', 'is at most'),
  compared('>', 'is more than'),
  compared('<', 'is less than'),
  compared('=', 'is'),
  compared('!=', 'is not'),
];
const ofWords = [
  compared('=', 'is'),
  compared('!=', 'is not'),
  compared('~', 'contains'),
  compared('!~', 'does not contain'),
];
const ofAll = [
  { operator: 'is not missing', meaning: 'is there', needsValue: false },
  { operator: 'is missing', meaning: 'is missing', needsValue: false },
];

export function comparisonsOf(field: QueryField): readonly Comparison[] {
  return [...(isAmount(field) ? ofAmounts : ofWords), ...ofAll];
}

function compared(operator: string, meaning: string): Comparison {
  return { operator, meaning, needsValue: true };
}
