import { type Json, objectOrNull, ownValue } from '../../../../shared/model/json.ts';

/** When `metadata.json` of an archive says that it was saved, by the clock of that machine; null where it does not. keras/src/saving/saving_lib.py */
export function savedAt(metadata: Json): string | null {
  const written = ownValue(objectOrNull(metadata), 'date_saved');
  const [, date, time] = /^(\d{4}-\d{2}-\d{2})@(\d{2}:\d{2}:\d{2})$/.exec(String(written)) ?? [];
  return date === undefined ? null : `${date}T${time}`;
}
