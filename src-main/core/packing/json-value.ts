import type { Json } from '../../../shared/model/json.ts';
import type { TorchValue } from './torch-value.ts';

/** JSON as what a checkpoint holds. Whether a whole number was a float, JSON does not tell. */
export function jsonValue(json: Json): TorchValue {
  if (json === null || typeof json !== 'object') return json;
  if (Array.isArray(json)) return json.map(jsonValue);
  return new Map(Object.entries(json).map(([key, value]) => [key, jsonValue(value)]));
}
