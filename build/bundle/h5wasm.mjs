import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { root } from '../setup/places.mjs';

/** What makes a library anew each time; of the package's own exports none does. */
const FACTORY = join(root, 'node_modules/h5wasm/dist/esm/hdf5_util.js');

/** Its machine code, as a text of one character a byte. */
const BEFORE = "binaryDecode('";
const BEHIND = "')}function getBinarySync";

/** The module that sources import as `h5wasm/factory`. */
export const H5WASM = { find: /^h5wasm\/factory$/, replacement: FACTORY };

/** Leaves the machine code out of the JavaScript: it is given to the library, which is compiled once for many files then. @returns {import('vite').Plugin} */
export function withoutMachineCode() {
  return {
    name: 'h5wasm-without-machine-code',
    enforce: 'pre',
    // Packages may be linked: a bundler tells where a file really is.
    load: (id) => (id === realpathSync(FACTORY) ? divide().script : undefined),
  };
}

/** @returns {Buffer} the machine code of the HDF5 library */
export function machineCode() {
  return divide().code;
}

function divide() {
  const script = readFileSync(FACTORY, 'utf8');
  const start = script.indexOf(BEFORE) + BEFORE.length - 1;
  const end = script.indexOf(BEHIND, start) + 1;
  if (start < BEFORE.length || end <= start) throw new Error(`${FACTORY} is not as version 0.10.3 has it`);
  const text = runInNewContext(script.slice(start, end));
  const code = Buffer.from(text, 'latin1');
  const rest = `${script.slice(0, start)}''${script.slice(end)}`;
  return { script: `${rest}\nexport { Module as makeLibrary };\n`, code };
}
