import type { Json } from '../../../../shared/model/json.ts';
import { parseJsonExactly } from '../../catalog/parse-json.ts';
import { ModelValidationError } from '../../errors.ts';
import { Damage } from '../damage.ts';

/** What Keras writes of a model as JSON. @throws Damage where it is none */
export function parseConfiguration(text: string): Json {
  try {
    return parseJsonExactly(text);
  } catch (error) {
    throw error instanceof ModelValidationError ? new Damage(error.message) : error;
  }
}
