import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { type FileIdentity, type Look, tryLookAt } from '../files/file-identity.ts';

/** The files of a run as they stand, without one of them being opened. */
export interface Witness {
  /** The same for as long as none of them was touched, came or went. */
  state: string;
  /** When one was touched last, in milliseconds: the latest of all. */
  mtimeMs: number;
  ctimeMs: number;
  /** Whether a process is writing one. */
  isHeld: boolean;
}

type IsHeld = (name: string, file: FileIdentity) => boolean;

/**
 * Looks at folders and at all that is directly in them: at each name, for a file that is rewritten in place shows in no folder.
 * @param folders absolute; one that is not there is remembered as such, a link is not followed
 * @returns null where it cannot be told
 */
export function witnessRun(folders: readonly string[], isHeld: IsHeld): Witness | null {
  const looks = new Looks(isHeld);
  for (const folder of folders) if (!looks.addFolder(folder)) return null;
  return looks.witness;
}

class Looks {
  readonly #isHeld: IsHeld;
  readonly #names: string[] = [];
  readonly #numbers: number[] = [];
  #mtimeMs = 0;
  #ctimeMs = 0;
  #someHeld = false;

  constructor(isHeld: IsHeld) {
    this.#isHeld = isHeld;
  }

  get witness(): Witness {
    const hash = createHash('sha256').update(this.#names.join('\0')).update('\0\0');
    const state = hash.update(new Uint8Array(Float64Array.from(this.#numbers).buffer)).digest('base64');
    return { state, mtimeMs: this.#mtimeMs, ctimeMs: this.#ctimeMs, isHeld: this.#someHeld };
  }

  /** @returns false where it cannot be told what is there */
  addFolder(folder: string): boolean {
    try {
      const look = tryLookAt(folder);
      const isTold = this.#add(folder, look);
      if (!look || !('ino' in look) || look.type !== 'folder') return isTold;
      return readdirSync(folder).every((name) => this.#add(name, tryLookAt(`${folder}/${name}`)));
    } catch {
      return false;
    }
  }

  #add(name: string, look: Look): boolean {
    if (look instanceof Error) return false;
    this.#names.push(name);
    if (look) this.#addFile(name, look);
    else this.#numbers.push(0, 0, 0, 0, 0);
    return true;
  }

  #addFile(name: string, look: FileIdentity): void {
    this.#numbers.push(look.dev, look.ino, look.size, look.mtimeMs, look.ctimeMs);
    this.#mtimeMs = Math.max(this.#mtimeMs, look.mtimeMs);
    this.#ctimeMs = Math.max(this.#ctimeMs, look.ctimeMs);
    this.#someHeld ||= this.#isHeld(name, look);
  }
}
