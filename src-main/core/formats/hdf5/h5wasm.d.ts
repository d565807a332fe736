/** What Node has of WebAssembly and is used; its types are among those of the DOM alone. */
declare namespace WebAssembly {
  type Imports = Record<string, Record<string, unknown>>;
  interface Module {
    readonly [Symbol.toStringTag]: 'WebAssembly.Module';
  }
  interface Instance {
    readonly exports: unknown;
  }
  function compile(bytes: Uint8Array): Promise<Module>;
  function instantiate(module: Module, imports: Imports): Promise<Instance>;
}

/** h5wasm's inner module, which makes a library anew each time; the package itself makes one for all. `build/bundle/h5wasm.mjs` gives it. */
declare module 'h5wasm/factory' {
  interface LibraryOptions {
    print(line: string): void;
    printErr(line: string): void;
    instantiateWasm(
      imports: WebAssembly.Imports,
      receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
    ): void;
  }
  export function makeLibrary(options: LibraryOptions): Promise<import('./library.ts').Hdf5Library>;
}
