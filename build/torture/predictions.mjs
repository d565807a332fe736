/** What an operation must lead to, told from what it is and what was there before. */

import { fileOf, linesOf, listOf } from './run-files.mjs';
import { BESIDE, FOLDER, STATE, WEIGHTS } from './weights.mjs';

/** @typedef {import('./run-files.mjs').View} View */
/** What an order must lead to, if it is done; null where that cannot be told. @typedef {(before: View) => View | null} Prediction */

const SUMS = 'SHA256SUMS';

/** @param {View} before */
export function same(before) {
  return before;
}

/** What a prune says that it did, which may be less than was planned: what cannot be read stays. @param {any} value @returns {Prediction | null} */
export function promised(value) {
  return value?.plan ? without(removedBy(value.plan)) : null;
}

/** @param {{ decisions: { id: string, keep: boolean }[] } | undefined} plan */
export function removedBy(plan) {
  return (plan?.decisions ?? []).flatMap(({ id, keep }) => (keep ? [] : [id]));
}

/** @param {string[]} ids @returns {Prediction} */
export function without(ids) {
  const folders = ids.flatMap((id) => folderOf(id) ?? []);
  const gone = new Set(ids.flatMap((id) => [id, id.replace(/\.pt$/, '.json')]));
  const isGone = (/** @type {string} */ name) =>
    gone.has(name) || folders.some((folder) => name.startsWith(folder));
  return (before) => withoutLines(new Map([...before].filter(([name]) => !isGone(name))), isGone);
}

/** The lines of the list of checksums go with their files, and the list with the last of them. @param {View} view @param {(name: string) => boolean} isGone @returns {View} */
function withoutLines(view, isGone) {
  return withLines(
    view,
    linesOf(view).filter((line) => !isGone(fileOf(line))),
  );
}

/** @param {View} view @param {string[]} lines @returns {View} */
function withLines(view, lines) {
  if (lines.length > 0) view.set(SUMS, listOf(lines));
  else view.delete(SUMS);
  return view;
}

/** Of a version that is a folder, with a `/`; null for a file. @param {string} id */
function folderOf(id) {
  return /^(?:[^/]+\/){2}/.exec(id)?.[0] ?? null;
}

/** The name is the core's to choose, but it is one new model with its sidecar. @param {View} before @param {View} now @param {string} sum @returns {View} */
export function withBest(before, now, sum) {
  const [name = 'a new model'] =
    [...now].find(([file, meaning]) => meaning === sum && !before.has(file)) ?? [];
  return new Map([...before, [name, sum], [name.replace(/\.pt$/, '.json'), `of ${sum}`]]);
}

/** As {@link withBest}, of a folder; what its JSON files say has no checksum, and the list of checksums comes after it. @param {View} before @param {View} now @param {string} sum @param {string} beside @returns {View} */
export function withFolder(before, now, sum, beside) {
  const [name = `a new/folder/${WEIGHTS}`] =
    [...now].find(([file, meaning]) => meaning === sum && !before.has(file)) ?? [];
  const own = name.slice(0, -WEIGHTS.length);
  const sums = now.get(SUMS);
  return new Map([
    ...before,
    .../** @type {[string, string][]} */ (sums === undefined ? [] : [[SUMS, sums]]),
    [name, sum],
    [own + BESIDE, beside],
    [own + STATE, 'of undefined'],
    [`${own}${FOLDER}.cairn.json`, 'of null'],
  ]);
}

/** @param {View} before @param {string} sum @returns {View} */
export function withCheckpoint(before, sum) {
  const old = before.get('checkpoints/checkpoint.pt');
  const after = new Map([
    ...before,
    ['checkpoints/checkpoint.pt', sum],
    ['checkpoints/checkpoint.json', `of ${sum}`],
  ]);
  return old === undefined ? after : after.set('checkpoints/checkpoint.pt.backup', old);
}

/** Null where something else came between. @param {View} before @param {Map<string, (string | undefined)[]> | undefined} changes @returns {View | null} */
export function inverted(before, changes) {
  if (!changes) return null;
  const after = new Map(before);
  for (const [name, [old, then]] of changes) {
    if (before.get(name) !== then) return null;
    if (old === undefined) after.delete(name);
    else after.set(name, old);
  }
  return after;
}

/** @typedef {{ path: string, checksum: string, listed?: boolean }} BackedUp a file of a backup */

/** @param {View} before @param {{ versions: { files: BackedUp[] }[] }} manifest @returns {View} */
export function restored(before, { versions }) {
  const after = new Map(before);
  const lines = new Map(linesOf(before).map((line) => [fileOf(line), line]));
  for (const { files } of versions)
    for (const file of files) {
      const meaning = meaningOf(file, files[0]?.checksum);
      if (lines.has(file.path) || (file.listed && before.get(file.path) !== meaning))
        lines.set(file.path, `${file.checksum}  ${file.path}\n`);
      after.set(file.path, meaning);
    }
  return withLines(after, [...lines.values()]);
}

/** @param {BackedUp} file @param {string | undefined} model */
function meaningOf({ path, checksum }, model) {
  return path.endsWith('.json') ? told(path, model) : checksum;
}

/** What a JSON file says of a checksum. @param {string} path @param {string | undefined} model */
function told(path, model) {
  if (folderOf(path) === null) return `of ${model}`;
  return path.endsWith('.cairn.json') ? 'of null' : 'of undefined';
}
