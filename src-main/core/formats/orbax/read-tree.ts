import { type Json, type JsonObject, objectOrNull, ownValue } from '../../../../shared/model/json.ts';
import { parseJsonExactly } from '../../catalog/parse-json.ts';
import { ModelValidationError } from '../../errors.ts';
import { closeObject } from '../close-object.ts';
import { Damage, rule } from '../damage.ts';
import { formatCount } from '../plain-text.ts';
import { longestRead, type Source } from '../source.ts';

/** All of it, as JSON. @throws Damage where it is none, or longer than is read */
export async function readTree(source: Source): Promise<JsonObject> {
  const tree = objectOrNull(parse(await readText(source)));
  rule(namesTree(tree), 'it names no tree');
  return tree;
}

/** What is whole of a tree whose end is missing; null where not one leaf is. @throws Damage */
export async function recoverTree(source: Source): Promise<JsonObject | null> {
  const whole = closeObject(await readText(source), leafDepth);
  const tree = whole === null ? null : objectOrNull(parse(whole));
  return namesTree(tree) ? tree : null;
}

/** A leaf is an object in the tree, which is one in the whole. */
const leafDepth = 2;

const namesTree = (tree: JsonObject | null): tree is JsonObject =>
  objectOrNull(ownValue(tree, 'tree_metadata')) !== null;

async function readText(source: Source): Promise<string> {
  if (source.size > longestRead)
    throw new Damage(`${formatCount(source.size)} bytes are more than are read of it`, 'unknown');
  return (await source.read(0, source.size)).toString('utf8');
}

function parse(text: string): Json {
  try {
    return parseJsonExactly(text);
  } catch (error) {
    throw error instanceof ModelValidationError ? new Damage(error.message) : error;
  }
}
