import { type JsonObject, objectOrNull, ownValue } from '../../../../../shared/model/json.ts';
import { claimByFolders } from '../claim-by-folders.ts';
import type { FolderVersion, Layout, NamesInside } from '../layout.ts';

const about = '_CHECKPOINT_METADATA';
const own = /\/(?:_CHECKPOINT_METADATA|_METADATA|manifest\.ocdbt)$/;
/** Of older versions, which have no file about all of it; the last one is in the folder of an item. */
const others = ['_METADATA', 'manifest.ocdbt'];
const millisecondsIn = 1e6;

/**
 * A folder for each step, by its number or with a prefix: `_CHECKPOINT_METADATA` and a folder for each item; while it is saved, the name ends in
 * `.orbax-checkpoint-tmp`, and in older versions in a number after it. orbax/checkpoint/_src/path/atomicity.py, metadata/checkpoint.py
 */
export const orbax: Layout = {
  id: 'orbax',
  name: 'Orbax',
  isLeftover: (name) => /\.orbax-checkpoint-tmp(?:-\d+)?$/.test(name),
  versionFolder: { recognise: recogniseFolder, countsSteps: true, record: { name: about, read: readAbout } },
  recognise: (signs) => claimByFolders(signs, own, 'folders of one step each'),
};

function recogniseFolder(_: string, inside: NamesInside): Omit<FolderVersion, 'layout'> | null {
  const main = [about, ...others].find((name) => inside.has(name));
  return main === undefined ? null : { main, missing: unfinished(inside) };
}

/** An item that is written when the power goes keeps the name it has meanwhile. */
function unfinished(inside: NamesInside): string[] {
  const items = [...inside].filter((name) => /^[^/]+\.orbax-checkpoint-tmp(?:-\d+)?\/$/.test(name));
  return items.map((name) => `${name.slice(0, -1)} is in it: the save was not finished`);
}

/** Times are in nanoseconds since 1970. */
function readAbout(object: JsonObject): JsonObject {
  const committed = Number(ownValue(object, 'commit_timestamp_nsecs') ?? Number.NaN) / millisecondsIn;
  const isTime = Number.isFinite(committed) && committed > 0 && committed < 8.64e15;
  return {
    timestamp: isTime ? new Date(committed).toISOString() : null,
    metrics: objectOrNull(ownValue(object, 'metrics')) ?? {},
  };
}
