import type { Json } from '../../../../shared/model/json.ts';
import { Damage, rule } from '../../formats/damage.ts';
import { formatCount } from '../../formats/plain-text.ts';
import { longestRead, type Source } from '../../formats/source.ts';
import { parseJson } from '../parse-json.ts';

/** A file of one JSON value as Python writes it. @throws Damage where it is none, or larger than is read */
export async function readJsonText(source: Source): Promise<Json> {
  rule(source.size <= longestRead, () => `${formatCount(source.size)} bytes are more than are read of it`);
  return parseOrDamage((await source.read(0, source.size)).toString('utf8'));
}

/** @throws Damage where it is no JSON as Python writes it */
export function parseOrDamage(text: string): Json {
  try {
    return parseJson(text);
  } catch (error) {
    throw new Damage(error instanceof Error ? error.message : String(error));
  }
}
