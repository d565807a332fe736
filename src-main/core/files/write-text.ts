import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  openSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ModelManagerError } from '../errors.ts';
import { inHeldFolder } from './held-folder.ts';

const careful =
  constants.O_WRONLY | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Whatever takes the name of its folder meanwhile: what is done is done in the folder that was there. */
function inFolderOf(path: string, act: (held: string) => void): void {
  inHeldFolder(dirname(path), dirname(path), (held) => act(join(held, basename(path))));
}

/**
 * Adds text to the end of a regular file, which is made for its owner alone where there is none.
 * @throws ModelManagerError when a pipe or a device is in its place; system errors as they are, ELOOP for a link
 */
export function appendText(path: string, text: string): void {
  inFolderOf(path, (held) => appendTo(held, path, text));
}

function appendTo(held: string, path: string, text: string): void {
  const file = openSync(held, careful | constants.O_APPEND, 0o600);
  try {
    if (!fstatSync(file).isFile())
      throw new ModelManagerError(`${path} is not a regular file — nothing was written to it — remove it`, {
        path,
      });
    writeFileSync(file, text);
  } finally {
    closeSync(file);
  }
}

/**
 * Puts a new file, for its owner alone and on the medium, in the place of whatever has the name: at any moment it is wholly
 * the old one or wholly the new one.
 * @throws system errors as they are; nothing is left behind
 */
export function replaceText(path: string, text: string): void {
  inFolderOf(path, (held) => replaceIn(held, text));
}

function replaceIn(path: string, text: string): void {
  const fresh = `${path}.${randomBytes(8).toString('hex')}.tmp`;
  const file = openSync(fresh, careful | constants.O_EXCL, 0o600);
  try {
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(fresh, path);
  } catch (error) {
    unlinkSync(fresh);
    throw error;
  }
}
