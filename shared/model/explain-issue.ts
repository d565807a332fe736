import type { z } from 'zod';
import { kindOfValue } from './kind-of-value.ts';

const expectations = new Map([
  ['int', 'a whole number'],
  ['number', 'a number'],
  ['string', 'a text'],
  ['boolean', 'true or false'],
  ['array', 'a list'],
  ['object', 'an object'],
]);

/** What is wrong with a value, in words that stand after its name; undefined for what zod tells in its own. */
export function explainIssue(issue: z.core.$ZodRawIssue): string | undefined {
  const { code, input, expected, values } = issue;
  if (code === 'custom') return `cannot be ${kindOfValue(input)}`;
  if (code === 'invalid_type')
    return `must be ${expectations.get(String(expected)) ?? expected}, not ${kindOfValue(input)}`;
  if (code === 'invalid_value') return `must be ${values.join(' or ')}`;
  return code === 'too_small' ? `must be ${leastOf(issue)}` : undefined;
}

function leastOf({ origin, minimum, inclusive }: z.core.$ZodRawIssue): string {
  if (origin === 'string') return 'a text that is not empty';
  return `${inclusive ? 'at least' : 'more than'} ${String(minimum)}`;
}
