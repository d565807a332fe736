import { Damage, rule } from '../damage.ts';
import { jsonTokens } from '../json-tokens.ts';
import { plainName } from '../plain-text.ts';

/** Where the numbers of a header have to be plain whole ones. */
const counted = new Set(['shape', 'data_offsets']);
const plainNumber = /^(?:0|[1-9]\d*)$/;

interface Scope {
  keys: Set<string> | null;
  key: string;
}

/**
 * Looks in a JSON text for what `JSON.parse` lets pass and the reference implementation refuses: a key that stands twice
 * in an object, and a count that is written as anything but a whole number. The text must be valid JSON.
 * @throws Damage
 */
export function scanHeader(text: string): void {
  const scopes: Scope[] = [];
  let last = '';
  for (const { text: found } of jsonTokens(text)) {
    if (found === '}' || found === ']') scopes.pop();
    else scanInside(found, last, scopes);
    last = found;
  }
}

function scanInside(found: string, last: string, scopes: Scope[]): void {
  const scope = scopes.at(-1);
  if (found === '{') scopes.push({ keys: new Set(), key: '' });
  else if (found === '[') scopes.push({ keys: null, key: scope?.key ?? '' });
  else if (found === ':' && scope?.keys) enterKey(scope, scope.keys, last);
  else if (scope && counted.has(scope.key)) checkNumber(found);
}

function enterKey(scope: Scope, keys: Set<string>, quoted: string): void {
  const key = JSON.parse(quoted) as string;
  if (keys.has(key))
    throw new Damage(`its header has ${plainName(key)} twice, and which one counts is not clear`);
  keys.add(key);
  scope.key = key;
}

/** Of what is a count at all. */
function checkNumber(found: string): void {
  const isCount = Number.isSafeInteger(Number(found)) && Number(found) >= 0;
  rule(
    !isCount || plainNumber.test(found),
    `its header has ${plainName(found)} where a whole number belongs`,
  );
}
