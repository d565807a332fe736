import { join, posix } from 'node:path';
import { isFile, tryLookAt } from '../../files/file-identity.ts';
import { readText } from '../../files/read-text.ts';
import { findObstacle } from '../list-names.ts';
import { companionsOf, isSharedName, kindOfCompanion, lackingOf, sharedPaths } from './known-layouts.ts';
import type { LackingShared } from './layout.ts';

/** Where files of a run are looked for. */
interface SharedPlaces {
  root: string;
  /** The framework in whose way alone the run is read; by default in those of all. */
  readAs?: string | undefined;
  /** Of a file of the run, absolute; by default in its place. */
  pathOf?: (id: string) => string;
}

/** What tells which of the files that all models of a run share go with one of them. */
export type SharedFiles = (id: string) => string[];

/**
 * The files of a run that go with every model in it: of stable-baselines3 `vec_normalize.pkl`, of RL Baselines3 Zoo its
 * `{env}/vecnormalize.pkl`, `config.yml` and `args.yml`, and with the final one its `replay_buffer.pkl`, of Hugging Face what loads the
 * model at the top of its run. A model
 * that has a companion of its own of a kind goes with no shared one. They stay in the run whatever is pruned: any model may need them.
 * @returns what tells those of a model, by its id, that are there: as ids, relative to the run
 */
export function sharedFilesIn({ root, readAs, pathOf = inPlace(root) }: SharedPlaces): SharedFiles {
  const all = sharedPathsThere({ root, readAs, pathOf });
  if (all.length === 0) return () => [];
  return (id) => {
    const there = all.flatMap(({ path, goesWith }) => (goesWith(id) ? [path] : []));
    if (there.length === 0) return there;
    const own = companionsOf(id, readAs)
      .filter((companion) => isFile(tryLookAt(pathOf(companion))))
      .map(kindOfCompanion);
    return there.filter((path) => {
      const kind = kindOfCompanion(path);
      return kind === null || !own.includes(kind);
    });
  };
}

/** Whether a file that was copied with a model is one that it shared, wherever its run is by now: it is in a folder below that of its model, or named so. */
export function isSharedWith(id: string, path: string): boolean {
  return !id.includes('/') && (path.includes('/') || isSharedName(path));
}

/** Those of them that a training computed, which nobody edits: of a kind that companions are of. */
export function sharedStatistics(places: SharedPlaces): string[] {
  return sharedThere(places).filter((path) => kindOfCompanion(path) !== null);
}

/** All of them: files that are there, or of which nothing can be told. */
export function sharedThere(places: SharedPlaces): string[] {
  return sharedPathsThere(places).map(({ path }) => path);
}

function sharedPathsThere({ root, readAs, pathOf = inPlace(root) }: SharedPlaces) {
  return sharedPaths(root, readAs).filter(({ path }) => {
    if (findObstacle(root, { path: posix.dirname(path), purpose: 'mixed' }) !== null) return false;
    const look = tryLookAt(pathOf(path));
    return look instanceof Error || isFile(look);
  });
}

/** What is read of a file that says how a run was trained, in bytes; of a larger one nothing. */
const mostConfig = 64 * 1024;

/** What files of a run say that all its models need, and that is not there. */
export function lackingShared({ root, readAs, pathOf = inPlace(root) }: SharedPlaces): LackingShared[] {
  const isReachable = (path: string) =>
    findObstacle(root, { path: posix.dirname(path), purpose: 'mixed' }) === null;
  const has = (path: string) => tryLookAt(pathOf(path)) !== null;
  const read = (path: string) => {
    try {
      return isReachable(path) ? readText(pathOf(path), mostConfig) : null;
    } catch {
      return null;
    }
  };
  return lackingOf({ root, has, read }, readAs);
}

function inPlace(root: string): (id: string) => string {
  return (id) => join(root, id);
}
