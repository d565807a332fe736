import { readFile } from 'node:fs/promises';
import { makeLibrary } from 'h5wasm/factory';
import type { StartHdf5 } from './library.ts';

/** What the library's memory may grow to, in bytes. */
const mostMemory = 160 * 1024 * 1024;

let compiled: Promise<WebAssembly.Module> | undefined;

/** The HDF5 library in a memory of its own, compiled once for each thread. It has no file system but one in that memory. */
export const startHdf5: StartHdf5 = async (say) => {
  compiled ??= compile();
  const module = await compiled;
  return makeLibrary({
    print: say,
    printErr: say,
    instantiateWasm: (imports, receive) => {
      limitMemory(imports);
      void WebAssembly.instantiate(module, imports).then((instance) => receive(instance, module));
    },
  });
};

async function compile(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(await readFile(new URL('./hdf5.wasm', import.meta.url)));
}

/** Asking for more than that fails, as it does where there is no more. */
function limitMemory({ env }: WebAssembly.Imports): void {
  const grow = env?.['emscripten_resize_heap'];
  if (!env || typeof grow !== 'function')
    throw new TypeError('the library does not ask for its memory as it did');
  env['emscripten_resize_heap'] = (bytes: number) => (bytes >>> 0 > mostMemory ? 0 : grow(bytes));
}
