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

/** The list of checksums is its lines, whatever their order. @param {string} name @param {Buffer} bytes */
function meaningOf(name, bytes) {
  if (name === 'SHA256SUMS') return listOf(bytes.toString('utf8').split(/(?<=\n)/));
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

/** @param {string[]} lines each with its end */
export function listOf(lines) {
  return lines.toSorted().join('');
}

/** @param {View} view @returns {string[]} the lines of its list of checksums */
export function linesOf(view) {
  return view.get('SHA256SUMS')?.split(/(?<=\n)/) ?? [];
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
