import { type Json, type JsonObject, objectOrNull, ownValue } from '../../../../shared/model/json.ts';
import { parseJsonExactly } from '../../catalog/parse-json.ts';
import { ModelValidationError } from '../../errors.ts';
import { Damage, rule } from '../damage.ts';
import { formatCount } from '../plain-text.ts';
import { longestRead, type Source } from '../source.ts';

/** All of it, as JSON. @throws Damage where it is none, or longer than is read */
export async function readTree(source: Source): Promise<JsonObject> {
  if (source.size > longestRead)
    throw new Damage(`${formatCount(source.size)} bytes are more than are read of it`, 'unknown');
  const tree = objectOrNull(parse((await source.read(0, source.size)).toString('utf8')));
  rule(tree !== null && objectOrNull(ownValue(tree, 'tree_metadata')) !== null, 'it names no tree');
  return tree;
}

function parse(text: string): Json {
  try {
    return parseJsonExactly(text);
  } catch (error) {
    throw error instanceof ModelValidationError ? new Damage(error.message) : error;
  }
}
