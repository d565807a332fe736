/** What the files of a run are, for an oracle that trusts nothing of the product. */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a name of the run stands for: the SHA-256 of a file, or `of SHA256` for the sidecar of one. @typedef {Map<string, string>} View */

/** @param {Uint8Array} bytes */
export function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

/** @param {string} folder @returns {string[]} every file below it, relative */
export function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

/** The files of the run itself, sidecars by the model they tell of. @param {string} folder @returns {View} */
export function viewOf(folder) {
  const names = filesBelow(folder).filter((name) => !name.startsWith('.cairn/') && !name.endsWith('.tmp'));
  return new Map(names.sort().map((name) => [name, meaningOf(name, readFileSync(join(folder, name)))]));
}

/** The list of checksums as its text: what an operation does to it is told by its lines. @param {string} name @param {Buffer} bytes */
function meaningOf(name, bytes) {
  if (name === 'SHA256SUMS') return bytes.toString('utf8');
  if (!name.endsWith('.json')) return sha256(bytes);
  try {
    return `of ${JSON.parse(bytes.toString('utf8')).checksum}`;
  } catch {
    return `no sidecar: sha256 ${sha256(bytes)}`;
  }
}

/** @param {View} a @param {View} b @returns {string[]} the names that differ */
export function differences(a, b) {
  return [...new Set([...a.keys(), ...b.keys()])].filter((name) => a.get(name) !== b.get(name));
}

/** The run without what its list of checksums says of files that are there and were not on it: such lines may come late. @param {View} now @param {View} end what was expected @returns {View} */
export function withoutLateLines(now, end) {
  const known = linesOf(end);
  const left = [...linesOf(now)].filter((line) => known.has(line) || !now.has(fileOf(line)));
  const view = new Map(now);
  if (left.length > 0) view.set('SHA256SUMS', left.join(''));
  else view.delete('SHA256SUMS');
  return view;
}

/** @param {View} view @returns {Set<string>} */
function linesOf(view) {
  return new Set(view.get('SHA256SUMS')?.split(/(?<=\n)/) ?? []);
}

/** @param {string} line of a list of checksums */
export function fileOf(line) {
  return line.trimEnd().slice('  '.length + 64);
}

/** @param {string} folder @returns {Set<string>} the SHA-256 of every file in it, the trash and backups too */
export function allChecksums(folder) {
  return new Set(filesBelow(folder).map((name) => sha256(readFileSync(join(folder, name)))));
}

/** What an interrupted operation must not leave. @param {string[]} names */
export function leftOver(names) {
  return names
    .filter((name) => /\.tmp$|^\.cairn\/intents\/|\.deleted\//.test(name))
    .map((name) => `${name} was left behind`);
}
