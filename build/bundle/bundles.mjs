import { chmod, readFile, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import mantine from 'postcss-preset-mantine';
import { build } from 'vite';
import { root } from '../setup/places.mjs';
import { H5WASM, machineCode, withoutMachineCode } from './h5wasm.mjs';

/** Stands in index.html where the nonce of each load goes; the app:// handler replaces every one of them. */
const NONCE_PLACEHOLDER = '__CSP_NONCE__';

/** Making a schema does nothing else: those that only types are taken from are dropped, and with them zod's probe for eval. */
const SCHEMA_MAKERS = ['z'];

/** Loaded by its place, as threads are: what reads an HDF5 file is in many bundles, and 4 MB of it need not be. */
const HDF5_LIBRARY = 'src-main/core/formats/hdf5/hdf5-library.ts';

/** What this many commands have in common is one file: each file of its own costs a start about a millisecond to find, open and link. */
const COMMON_TO_COMMANDS = 8;

/** What starts threads is a file of its own: they load while what all commands have in common does. */
const THREAD_STARTER = /src-main\/core\/workers\/(spare-workers|worker-limits|worker-url)\.ts$/;

/** @type {import('vite').InlineConfig} */
const COMMON = { configFile: false, root, logLevel: 'warn', publicDir: false };

/** The ES modules of yaml: of its CommonJS, which Node is given, nothing that is not used can be left out. */
const YAML = { find: /^yaml$/, replacement: join(root, 'node_modules/yaml/browser/dist/index.js') };

/**
 * Bundle Node programs, one file each and everything but Electron inside, as ES modules that Node 20 runs.
 * @param {string} folder where they go
 * @param {Record<string, string>} entries name → source file, relative to the checkout
 * @param {{ plugins?: import('vite').Plugin[], licenses?: boolean, joined?: number }} [how] whether the licences of what is inside are listed; what so many parts share is one file
 */
async function bundleNode(folder, entries, { plugins = [], licenses = true, joined } = {}) {
  const first = { name: 'first', test: THREAD_STARTER, priority: 1 };
  const groups =
    joined === undefined ? [] : [first, { name: 'common', minShareCount: joined, entriesAware: false }];
  await build({
    ...COMMON,
    plugins: [withoutMachineCode(), ...plugins],
    resolve: { alias: [YAML, H5WASM] },
    ssr: { noExternal: true, external: ['electron'] },
    build: {
      ssr: true,
      target: 'node20',
      outDir: folder,
      minify: false,
      emptyOutDir: false,
      license: licenses && { fileName: 'licenses.md' },
      rolldownOptions: {
        input: entries,
        external: ['electron', /^node:/, ...builtinModules],
        treeshake: { manualPureFunctions: SCHEMA_MAKERS },
        // A part that other commands import outright is a file that this one still loads only where it wants it.
        checks: { ineffectiveDynamicImport: false },
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'chunk-[hash].js',
          codeSplitting: { groups },
        },
      },
    },
  });
}

/** @param {string} folder */
export function bundleMain(folder) {
  return bundleNode(folder, { main: 'src-main/electron/main.ts' });
}

/** @param {string} folder */
export async function bundleCli(folder) {
  await bundleNode(folder, { cairn: 'src-main/cli/cairn.ts' }, { joined: COMMON_TO_COMMANDS });
  const file = join(folder, 'cairn.js');
  const code = await readFile(file, 'utf8');
  if (!code.startsWith('#!')) await writeFile(file, `#!/usr/bin/env node\n${code}`);
  await chmod(file, 0o755);
}

/** The core as a library. @param {string} folder */
export function bundleCore(folder) {
  return bundleNode(folder, { index: 'src-main/core/index.ts' });
}

/**
 * Each on its own: a chunk that several share holds what only one of them needs, and threads start often. What they are
 * made of is in the bundle that starts them too, but for what the HDF5 library is made of, whose licences stand beside it.
 * @param {string} folder @param {string[]} files the *-worker.ts files, relative to the checkout
 */
export async function bundleWorkers(folder, files) {
  for (const file of files) await bundleNode(folder, { [entryName(file)]: file }, { licenses: false });
  await bundleHdf5(folder);
}

/** The library that threads load for an HDF5 file, and its machine code. @param {string} folder */
export async function bundleHdf5(folder) {
  await bundleNode(folder, { [entryName(HDF5_LIBRARY)]: HDF5_LIBRARY });
  await writeFile(join(folder, 'hdf5.wasm'), machineCode());
}

/** @param {string} file */
const entryName = (file) => file.replace(/^.*\/|\.ts$/g, '');

/**
 * A program for tests alone.
 * @param {string} folder @param {string} file relative to the checkout @param {import('vite').Plugin[]} [plugins]
 * @returns {Promise<string>} the bundle
 */
export async function bundleProgram(folder, file, plugins) {
  const name = entryName(file);
  await bundleNode(folder, { [name]: file }, { plugins: plugins ?? [] });
  return join(folder, `${name}.js`);
}

/** A sandboxed preload is one CommonJS file that may require nothing but Electron. @param {string} folder */
export async function bundlePreload(folder) {
  await build({
    ...COMMON,
    build: {
      target: 'chrome130',
      outDir: folder,
      minify: false,
      emptyOutDir: false,
      lib: { entry: 'src-main/preload/preload.ts', formats: ['cjs'], fileName: () => 'preload.cjs' },
      rolldownOptions: { external: ['electron'] },
    },
  });
}

/** @param {string} folder */
export async function bundleRenderer(folder) {
  await build({
    ...COMMON,
    root: join(root, 'src-renderer'),
    base: './',
    plugins: [react()],
    css: { postcss: { plugins: [mantine()] } },
    html: { cspNonce: NONCE_PLACEHOLDER },
    build: {
      rolldownOptions: {
        treeshake: { manualPureFunctions: SCHEMA_MAKERS },
        // What is needed at once is one file: each of thirty would be asked for, checked and answered by itself.
        output: { codeSplitting: { groups: [{ name: 'initial', tags: ['$initial'] }] } },
      },
      target: 'chrome130',
      outDir: folder,
      emptyOutDir: false,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 2000,
      license: { fileName: 'licenses.md' },
    },
  });
}
