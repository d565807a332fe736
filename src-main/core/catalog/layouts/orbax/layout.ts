import { type JsonObject, objectOrNull, ownValue } from '../../../../../shared/model/json.ts';
import { escapeName } from '../../escape-name.ts';
import { claimByFolders } from '../claim-by-folders.ts';
import { lastByNumber } from '../last-by-number.ts';
import type { Claim, FolderVersion, Layout, NamesInside, RunSigns } from '../layout.ts';
import { objectIn, tellMissingNames } from '../missing-parts.ts';

const about = '_CHECKPOINT_METADATA';
const own = /\/(?:_CHECKPOINT_METADATA|_METADATA|manifest\.ocdbt)$/;
/** The folder of a step, and what stands for it there or in the folder of an item. */
const numbered = /(?<=^|\/)(?:[^/]*_)?(\d{1,15})\/(?:[^/]+\/)?[^/]+$/;
/** Of older versions, which have no file about all of it; the last one is in the folder of an item. */
const others = ['_METADATA', 'manifest.ocdbt'];
/** The same in the folder of an item. One with a number at its end is a step, and what it is in is a run. */
const ofItem = /^([^/]*[^/\d])\/(?:_METADATA|manifest\.ocdbt)$/;
/** The items that stand for all of it, the surest first; then those first by name. */
const mainItems = ['default', 'state', 'params', 'model'];
/** What tells on object stores, which know no renaming, that a save was finished. */
const committed = 'commit_success.txt';
/** More folders than this in one are no items of a checkpoint. */
const mostItems = 32;
const millisecondsIn = 1e6;

/**
 * A folder for each step, by its number or with a prefix: `_CHECKPOINT_METADATA` and a folder for each item; while it is saved, the name ends in
 * `.orbax-checkpoint-tmp`, and in older versions in a number after it. orbax/checkpoint/_src/path/atomicity.py, metadata/checkpoint.py
 */
export const orbax: Layout = {
  id: 'orbax',
  name: 'Orbax',
  isLeftover: (name) => /\.orbax-checkpoint-tmp(?:-\d+)?$/.test(name),
  versionFolder: {
    recognise: recogniseFolder,
    mayBe: holdsItemsAlone,
    countsSteps: true,
    record: { name: about, read: readAbout },
    manifest: { find: (main) => (main === about ? about : null), missing: missingOfAbout },
    metrics: 'metrics/metrics',
  },
  recognise,
};

/** `latest_step` of the manager takes the highest one. */
function recognise(signs: RunSigns): Claim | null {
  const claim = claimByFolders(signs, own, 'folders of one step each');
  return claim && { ...claim, ...lastByNumber(signs, numbered) };
}

function recogniseFolder(_: string, inside: NamesInside): Omit<FolderVersion, 'layout'> | null {
  const main = [about, ...others].find((name) => inside.has(name));
  if (main !== undefined) return { main, missing: [...withoutArrays(inside), ...unfinished(inside)] };
  const item = holdsItemsAlone(topOf(inside)) ? findItem(inside) : undefined;
  return item === undefined
    ? null
    : { main: item, missing: [...withoutAbout(inside), ...withoutArrays(inside), ...unfinished(inside)] };
}

function topOf(inside: NamesInside): NamesInside {
  return new Set([...inside].filter((name) => /^[^/]+\/?$/.test(name)));
}

/** Whether nothing is there but folders, as in a checkpoint that lacks the file about all of it. */
function holdsItemsAlone(inside: NamesInside): boolean {
  const names = [...inside].filter((name) => name !== committed);
  return names.length > 0 && names.length <= mostItems && names.every((name) => name.endsWith('/'));
}

/** The file of an item that stands for all of them. */
function findItem(inside: NamesInside): string | undefined {
  const files = [...inside].filter((name) => ofItem.test(name)).sort();
  const rank = (file: string) => {
    const at = mainItems.indexOf(ofItem.exec(file)?.[1] ?? '');
    return at === -1 ? mainItems.length : at;
  };
  return files.sort((a, b) => rank(a) - rank(b))[0];
}

/** Versions that keep arrays in OCDBT write it, but for the first ones; what is finished on an object store says so. */
function withoutAbout(inside: NamesInside): string[] {
  const isNew = [...inside].some((name) => name.endsWith('/manifest.ocdbt'));
  return isNew && !inside.has(committed) ? [`${about} is missing`] : [];
}

/** An item that is written when the power goes keeps the name it has meanwhile. */
function unfinished(inside: NamesInside): string[] {
  const items = [...inside].filter((name) => /^[^/]+\.orbax-checkpoint-tmp(?:-\d+)?\/$/.test(name));
  return items.map((name) => `${name.slice(0, -1)} is in it: the save was not finished`);
}

/** Items that were saved have handlers of their own; one that is no folder is a checkpoint of one item. It is told when the save began, and then when it ended. orbax/checkpoint/_src/handlers/composite_checkpoint_handler.py, metadata_from_temporary_paths */
function missingOfAbout(text: string, _: string, inside: NamesInside): string[] {
  const said = objectIn(text);
  const isTold = (key: string) => typeof ownValue(said, key) === 'number';
  const isBegun = isTold('init_timestamp_nsecs') && !isTold('commit_timestamp_nsecs');
  const items = Object.keys(objectOrNull(ownValue(said, 'item_handlers') ?? null) ?? {});
  return [
    ...tellMissingNames(items.filter((item) => !inside.has(`${item}/`))),
    ...(isBegun ? [`no time of its end in ${about}: the save was not finished`] : []),
  ];
}

const aboutArrays = /^[^/]+\/(?:_METADATA$|_sharding$|array_metadatas\/|$)/;

/** An item of arrays without any: none is saved empty. orbax/checkpoint/_src/handlers/base_pytree_checkpoint_handler.py */
function withoutArrays(inside: NamesInside): string[] {
  const items = [...inside].flatMap((name) => /^([^/]+\/)_METADATA$/.exec(name)?.[1] ?? []);
  const isBare = (item: string) =>
    ![...inside].some((name) => name.startsWith(item) && !aboutArrays.test(name));
  return items.filter(isBare).map((item) => `the arrays of ${escapeName(item.slice(0, -1))} are missing`);
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
