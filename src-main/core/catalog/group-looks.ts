import { createHash } from 'node:crypto';
import { type FileStatus, isLink, type Look, tryLookAt, untouchedSince } from '../files/file-identity.ts';
import { listedBelow } from '../integrity/manifest.ts';
import { type Group, idOf, namesOf, setOf } from './group-names.ts';
import { foldersHolding } from './version-folders.ts';

/** What is at each name of a group. */
export type Looks = ReadonlyMap<string, Look>;

/** At the folders too that are part of a version. */
export function lookAtAll(root: string, group: Group): Looks {
  const names = namesOf(group);
  const all = group.folder.version ? [...names, ...foldersHolding(names)] : names;
  return new Map(all.map((name) => [name, tryLookAt(`${root}/${idOf(group.folder, name)}`)]));
}

export const noLinks: ReadonlySet<string> = new Set();

export function linksAmong(group: Group, looks: Looks): ReadonlySet<string> {
  const set = setOf(group);
  const parts = set ? [set.main, ...set.others] : [];
  const names = group.folder.version ? namesOf(group) : [...group.files.model, ...parts];
  const links = names.filter((name) => isLink(looks.get(name) ?? null));
  return links.length === 0 ? noLinks : new Set(links.map((name) => idOf(group.folder, name)));
}

/** The checksums that a run lists of a group's versions, as a text. */
export function listedFor({ folder, stem, files }: Group, checksums: ReadonlyMap<string, string>): string {
  if (checksums.size === 0) return '';
  const own = [...files.model, ...files.part, `${stem}.pt`].map((name) => idOf(folder, name));
  const ids = folder.version ? listedBelow(checksums, folder.path) : own;
  return ids.flatMap((id) => (checksums.has(id) ? [id, checksums.get(id)] : [])).join();
}

export function isFileUntouchedSince(look: Look, at: number): boolean {
  return look !== null && 'ino' in look && look.type === 'file' && untouchedSince(look, at);
}

/**
 * One string in place of a map of objects: with a hundred thousand groups, most of what would be kept in memory. Joined, not added up: of
 * a sum the parts are kept until it is compared.
 */
export function stateOf(looks: Looks): string {
  const parts: string[] = [];
  for (const [name, look] of looks) parts.push(name, look && 'ino' in look ? identityText(look) : '');
  const text = parts.join('\0');
  return text.length > longest ? createHash('sha256').update(text).digest('base64') : text;
}

/** Longer ones, as of a folder of thousands of files, are remembered by their hash. */
const longest = 4096;

function identityText({ type, dev, ino, size, mtimeMs, ctimeMs }: FileStatus): string {
  return `${type} ${dev} ${ino} ${size} ${mtimeMs} ${ctimeMs}`;
}
