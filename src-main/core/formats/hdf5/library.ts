import { workerUrl } from '../../workers/worker-url.ts';

/** How a dataset or an attribute is made, as the library tells it. */
export interface Hdf5Type {
  /** The class of its elements, H5T_class_t: 0 whole numbers, 1 floats, 3 texts, 5 opaque, 6 compound, 8 enumeration, … */
  type: number;
  /** Of one element, in bytes. */
  size: number;
  signed: boolean;
  littleEndian: boolean;
  /** Whether it is a text of any length. */
  vlen: boolean;
  enum_type?: { members: Record<string, number> };
  compound_type?: { members: readonly (Hdf5Type & { name: string; offset: number })[] };
}

export interface Hdf5Metadata extends Hdf5Type {
  /** Null where it has no elements, nor room for them. */
  shape: readonly number[] | null;
  /** How many elements it has. */
  total_size: number;
  chunks: readonly number[] | null;
  /** There where its elements are elsewhere. */
  virtual_sources?: readonly { file_name: string; dset_name: string }[];
}

interface Hdf5Node {
  stream_ops: object;
  node_ops: { getattr(node: Hdf5Node): object };
}

/** What is used of h5wasm 0.10.3; its own src/hdf5_util_helpers.d.ts declares all of it. A file and what it holds are told by number and path. */
export interface Hdf5Library {
  open(name: string, mode: number, trackOrder: boolean, lowest: number, highest: number): bigint;
  get_names(file: bigint, path: string, recursive: boolean): string[];
  get_symbolic_link(file: bigint, path: string): string | null;
  get_external_link(file: bigint, path: string): { filename?: string; obj_path?: string };
  get_type(file: bigint, path: string): number;
  /** Where what a path leads to is described: the same for all its names. */
  create_object_reference(file: bigint, path: string): Uint8Array;
  get_dataset_metadata(file: bigint, path: string): Hdf5Metadata;
  get_dataset_filters(file: bigint, path: string): { id: number; name: string }[];
  get_dataset_data(
    file: bigint,
    path: string,
    count: bigint[] | null,
    offset: bigint[] | null,
    strides: bigint[] | null,
    into: bigint,
  ): number;
  get_attribute_names(file: bigint, path: string): string[];
  get_attribute_metadata(file: bigint, path: string, name: string): Hdf5Metadata;
  get_attribute_data(file: bigint, path: string, name: string, into: bigint): number;
  readonly H5G_GROUP: number;
  readonly H5G_DATASET: number;
  /** Its memory; another view once that has grown. */
  readonly HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _free(address: number): void;
  /** The one file system that it has, in its own memory. */
  readonly FS: {
    ErrnoError: new (code: number) => Error;
    open(path: string, ...how: unknown[]): unknown;
    writeFile(path: string, bytes: Uint8Array): void;
    lookupPath(path: string): { node: Hdf5Node };
  };
}

/** What the built entry `hdf5-library` exports. `say` is given each line that the library would print. */
export type StartHdf5 = (say: (line: string) => void) => Promise<Hdf5Library>;

/** A library of its own for each file: one that met a hostile file is of no use for another. */
export async function startLibrary(say: (line: string) => void): Promise<Hdf5Library> {
  const { startHdf5 }: { startHdf5: StartHdf5 } = await import(
    /* @vite-ignore */ workerUrl('hdf5-library').href
  );
  return startHdf5(say);
}
