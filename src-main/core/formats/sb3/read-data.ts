import {
  type Json,
  type JsonObject,
  objectOrNull,
  ownValue,
  stringifyJson,
} from '../../../../shared/model/json.ts';
import { parseJsonExactly } from '../../catalog/parse-json.ts';
import { ModelValidationError } from '../../errors.ts';
import { ByteReader } from '../byte-reader.ts';
import type { Entry } from '../contents.ts';
import { Damage, rule } from '../damage.ts';
import type { PickledNames } from '../pickle/pickled-names.ts';
import { readPickle } from '../pickle/read-pickle.ts';
import { asKind, fullName } from '../pickle/value.ts';
import { plainName } from '../plain-text.ts';
import { bufferSource, longestRead, type Source } from '../source.ts';
import { toJson } from '../torch/to-json.ts';
import { decodeBase64 } from './decode-base64.ts';

/** What the member `data` says of the algorithm that was saved. */
export interface AlgorithmData {
  values: JsonObject;
  entries: Entry[];
  problems: string[];
}

const typeKey = ':type:';
const pickledKey = ':serialized:';

/**
 * Plain values as they are. Everything else is pickled by cloudpickle, in base64, beside its type and those of its
 * attributes that can be read: the pickle is followed for the names in it. stable_baselines3/common/save_util.py
 */
export async function readData(source: Source, names: PickledNames): Promise<AlgorithmData> {
  const values: [string, Json][] = [];
  const entries: Entry[] = [];
  const problems: string[] = [];
  for (const [key, value] of Object.entries(await parseObject(source))) {
    const object = objectOrNull(value);
    const pickled = ownValue(object, pickledKey);
    const told =
      object && typeof pickled === 'string'
        ? await readPickled(object, pickled, { names, problems }, key)
        : value;
    values.push([key, told]);
    entries.push({ key: `data.${key}`, type: typeOf(value), summary: plainName(stringifyJson(told)) });
  }
  return { values: Object.fromEntries(values), entries, problems };
}

async function parseObject(source: Source): Promise<JsonObject> {
  rule(source.size <= longestRead, 'it is longer than is read');
  const text = (await source.read(0, source.size)).toString('utf8');
  try {
    const data = objectOrNull(parseJsonExactly(text));
    rule(data !== null, 'it is JSON, and not an object');
    return data;
  } catch (error) {
    throw error instanceof ModelValidationError ? new Damage(error.message) : error;
  }
}

/** A class by its name, anything else by its attributes that can be read; where there are none, as far as it is plain. */
async function readPickled(
  object: JsonObject,
  pickled: string,
  { names, problems }: { names: PickledNames; problems: string[] },
  key: string,
): Promise<Json> {
  const { bytes, isClear } = decodeBase64(pickled);
  const reader = new ByteReader(bufferSource(pickledKey, bytes), 0, bytes.length, longestRead);
  const { value, damage } = await readPickle(reader, names);
  const wrong = isClear ? damage?.message : 'its base64 is not what Python writes, and not read alike by all';
  if (wrong !== undefined) {
    problems.push(`data.${plainName(key)}: ${wrong}`);
    names.miss(`data.${plainName(key)}`);
  }
  if (asKind(value, 'name')) return fullName(value);
  const attributes = Object.entries(object).filter(([key]) => key !== typeKey && key !== pickledKey);
  return attributes.length > 0 ? Object.fromEntries(attributes) : toJson(value);
}

function typeOf(value: Json): string {
  const object = objectOrNull(value);
  const type = ownValue(object, typeKey);
  if (typeof type === 'string') return plainName(type.replace(/^<class '(.*)'>$/, '$1'));
  if (value === null) return 'None';
  if (Array.isArray(value)) return 'list';
  return { string: 'str', boolean: 'bool', object: 'dict' }[typeof value as string] ?? 'number';
}
