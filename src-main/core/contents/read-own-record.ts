import { type JsonObject, objectOrNull, ownValue } from '../../../shared/model/json.ts';
import { interpretRecord, type Meaning } from '../catalog/interpret-record.ts';
import type { Notes } from '../formats/contents.ts';
import { Damage } from '../formats/damage.ts';
import { readNotes } from '../formats/read-notes.ts';
import type { Source } from '../formats/source.ts';
import { measureValue } from './measure-value.ts';

/** What a list shows of a version. Not the checksum and size: no file can know its own. */
const told = [
  ...['version', 'timestamp', 'reward', 'symbol', 'episode_count', 'metrics', 'notes', 'tags'],
  'training_state',
];

/** The most that one record may hold, in characters: it is kept in memory for as long as the run is open. */
const longest = 1024 * 1024;

export const nothingSaid: Meaning = { metadata: null, problems: [] };

/**
 * The record of a model that is inside its file, as it would stand in a sidecar, its training state with it; `metadata` is
 * null where there is none, and the framework that wrote it where it tells. Whatever the bytes are, that is a sentence: only I/O errors are thrown.
 */
export async function readOwnRecord(source: Source): Promise<Meaning> {
  try {
    const notes = await readNotes(source);
    if (!notes) return nothingSaid;
    const { writtenBy } = notes;
    const told = interpretNotes(notes);
    if (!writtenBy) return told;
    return { ...told, writtenBy, ...(writtenBy.chose ? { chose: writtenBy.chose } : {}) };
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    return fault(`cannot be read: ${error.message}`);
  }
}

function interpretNotes(notes: Notes): Meaning {
  const record = toRecord(notes);
  if (Object.values(record).every((value) => value === null)) return nothingSaid;
  if (measureValue(record, longest) > longest) return fault('says more than is kept of it');
  return interpretRecord(record, 'its own record');
}

/** In the form of a sidecar. */
function toRecord({ metadata, trainingState, timestamp, metrics }: Notes): JsonObject {
  // Other trainers have a number there.
  const time = typeof timestamp === 'string' ? timestamp : null;
  const { reward = null, ...measured } = objectOrNull(metrics) ?? {};
  const record: JsonObject = { timestamp: time, training_state: trainingState };
  if (typeof reward === 'number') record['reward'] = reward;
  if (Object.keys(measured).length > 0) record['metrics'] = measured;
  for (const key of told) record[key] = ownValue(objectOrNull(metadata), key) ?? record[key] ?? null;
  return record;
}

function fault(what: string): Meaning {
  return { metadata: null, problems: [`its own record ${what}`] };
}
