import { checkRules, type RetentionRules } from '../../../shared/query/plan-retention.ts';
import { UsageError } from '../errors.ts';

/** What a program without types may get wrong of rules. @throws UsageError */
export function assertRules(rules: RetentionRules): void {
  const fault = faultOf(rules);
  if (fault !== null) throw new UsageError(`nothing was pruned — ${fault} — correct that rule`);
}

function faultOf(rules: unknown): string | null {
  if (typeof rules !== 'object' || rules === null) return 'rules must be an object that says what to keep';
  const { kinds } = rules as RetentionRules;
  if (kinds !== 'best' && kinds !== 'all') return 'kinds must be best or all';
  try {
    checkRules(rules as RetentionRules);
    return null;
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}
