import { type JsonObject, ownValue } from '../../../../../shared/model/json.ts';

/** What a pickle of stable-baselines3, or the member `data` of a model, says, as plain data. */
export type Said = JsonObject;

export function numberAt(said: Said | null, key: string): number | null {
  const value = ownValue(said, key);
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
