import { readFile } from 'node:fs/promises';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';

/** Comes before the fuse wire in every Electron binary: one byte version, one byte length, then one character a fuse. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

const ON = '1'.charCodeAt(0);

/** The wire in its order, and how each fuse must be in what is shipped. A runtime may lack the newest. */
export const SEALED = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
  WasmTrapHandlers: true,
};

/**
 * The fuses of an Electron binary. One that we have no name for is listed by its number.
 * @param {string} executable
 * @returns {Promise<Record<string, boolean>>}
 */
export async function readFuses(executable) {
  const binary = await readFile(executable);
  const wire = binary.indexOf(SENTINEL) + SENTINEL.length;
  if (wire < SENTINEL.length) throw new Error(`${executable} has no fuses`);
  const names = Object.keys(SEALED);
  const states = binary.subarray(wire + 2, wire + 2 + (binary[wire + 1] ?? 0));
  return Object.fromEntries(
    [...states].map((state, index) => [names[index] ?? `fuse ${index}`, state === ON]),
  );
}

/**
 * What of a wire is not as it must be shipped.
 * @param {Record<string, boolean>} fuses
 * @returns {string[]}
 */
export function findUnsealed(fuses) {
  const wanted = new Map(Object.entries(SEALED));
  return Object.keys(fuses).filter((name) => fuses[name] !== wanted.get(name));
}

/** Let a debugger in: the one difference of the e2e flavour. @param {string} executable */
export function allowInspector(executable) {
  return flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
}
