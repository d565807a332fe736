import { compareNatural } from '../../../../shared/query/compare-natural.ts';
import { Damage, LimitReached, rule } from '../damage.ts';
import type { Problems } from '../gather-problems.ts';
import { plainName } from '../plain-text.ts';
import type { Hdf5File } from './hdf5-file.ts';

/** A group, a dataset, or a link to one: the names that lead to it from the top. */
export interface Hdf5Object {
  kind: 'group' | 'dataset' | 'link';
  names: readonly string[];
  path: string;
  /** Where it is described in the file: the same for all its names. */
  address: string;
  /** Where a link leads, as it stands there; it is not followed. */
  target?: string;
}

const most = { objects: 100_000, depth: 24 };

/**
 * All groups and datasets of a file but the top, each before what is in it. A dataset with several names stands there under
 * each, a group under one: it may hold itself. Links are not followed; what cannot be told of one object
 * is a problem, and the others are gone through.
 */
export async function walkObjects(file: Hdf5File, problems: Problems): Promise<Hdf5Object[]> {
  const top: Hdf5Object = { kind: 'group', names: [], path: '/', address: addressOf(file, '/') };
  const found: Hdf5Object[] = [];
  const groups = [top];
  const seen = new Set([top.address]);
  for (let group = groups.pop(); group; group = groups.pop()) {
    const objects = await listGroup(file, group, problems);
    const inside = objects.filter(({ kind, address }) => kind !== 'group' || !seen.has(address));
    for (const object of inside) {
      found.push(object);
      seen.add(object.address);
    }
    groups.push(...inside.filter(({ kind }) => kind === 'group').reverse());
    if (found.length > most.objects) {
      problems.addLimit('it has more groups and datasets than are looked at');
      break;
    }
  }
  return found;
}

async function listGroup(file: Hdf5File, group: Hdf5Object, problems: Problems): Promise<Hdf5Object[]> {
  const names = await problems.try(() => listNames(file, group), labelOf(group.names));
  const objects: Hdf5Object[] = [];
  for (const name of names ?? []) {
    if (file.isOver) break;
    const object = await problems.try(() => look(file, group, name), labelOf([...group.names, name]));
    if (object) objects.push(object);
  }
  return objects;
}

function listNames(file: Hdf5File, { names, path }: Hdf5Object): string[] {
  if (names.length >= most.depth) throw new LimitReached('it has groups in groups deeper than are looked at');
  const found = file.ask((library, id) => library.get_names(id, path, false));
  if (found.length > most.objects)
    throw new LimitReached('it has more groups and datasets than are looked at');
  return found.sort(compareNatural);
}

/** Null for what is none of these: a type with a name. @throws Damage for a link to another file, and for what cannot be named */
function look(file: Hdf5File, group: Hdf5Object, name: string): Hdf5Object | null {
  rule(name !== '' && name !== '.' && !name.includes('/'), 'its name is none that there can be');
  const names = [...group.names, name];
  const path = `/${names.join('/')}`;
  const target = targetOf(file, path);
  if (target !== null) return { kind: 'link', names, path, address: path, target };
  const kind = file.ask((library, id) => {
    const type = library.get_type(id, path);
    if (type === library.H5G_GROUP) return 'group';
    return type === library.H5G_DATASET ? 'dataset' : null;
  });
  return kind && { kind, names, path, address: addressOf(file, path) };
}

function addressOf(file: Hdf5File, path: string): string {
  return file.ask((library, id) => Buffer.from(library.create_object_reference(id, path)).toString('hex'));
}

function targetOf(file: Hdf5File, path: string): string | null {
  const target = file.ask((library, id) => library.get_symbolic_link(id, path));
  if (target !== null) return target;
  const { filename } = file.ask((library, id) => library.get_external_link(id, path));
  if (filename !== undefined)
    throw new Damage(`a link to another file, ${plainName(filename)}, which is not opened`, 'unknown');
  return null;
}

/** As the names of tensors are written; the top has none. */
function labelOf(names: readonly string[]): string {
  return names.length === 0 ? 'the top' : plainName(names.join('.'));
}
