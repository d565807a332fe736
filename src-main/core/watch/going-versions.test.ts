import { expect, test } from 'vitest';
import type { ListedVersion } from '../catalog/listed-version.ts';
import { GoingVersions } from './going-versions.ts';

const identity = { dev: 1, ino: 2, size: 3, mtimeMs: 4, ctimeMs: 5 };
const version = (id: string, rest: Partial<ListedVersion> = {}) =>
  ({ id, identity, ...rest }) as ListedVersion;

/** A run of three versions, as it is listed, and what is told of it. */
function start() {
  const list = new Map(['a', 'b', 'c'].map((id) => [id, version(id)]));
  const going = new GoingVersions({ listed: (id) => list.get(id) });
  const apply = ({ changed, removed }: { changed: ListedVersion[]; removed: string[] }) => {
    for (const id of removed) list.delete(id);
    for (const each of changed) list.set(each.id, each);
  };
  const tell = (at: number, changed: ListedVersion[], removed: string[]) => {
    going.note({ changed, removed }, at);
    apply({ changed, removed });
  };
  return { list, going, apply, tell };
}

test('what went and what was left without its files before the folder was gone is listed as before', () => {
  const { list, going, apply, tell } = start();
  tell(1000, [version('b', { identity: null, state: 'missing' }), version('part')], ['a']);
  tell(2500, [], ['b', 'part']);
  apply(going.asBefore());
  expect([...list.values()].sort((x, y) => x.id.localeCompare(y.id))).toEqual(
    ['a', 'b', 'c'].map((id) => version(id)),
  );
});

test('what went some time before the folder did stays gone', () => {
  const { list, going, apply, tell } = start();
  tell(1000, [], ['a']);
  tell(3001, [], ['b']);
  apply(going.asBefore());
  expect([...list.keys()].sort()).toEqual(['b', 'c']);
});

test('what went before something was saved stays gone, and what was saved stays', () => {
  const { list, going, apply, tell } = start();
  tell(1000, [], ['a']);
  tell(1100, [version('d', { identity: { ...identity, mtimeMs: Date.now() } })], []);
  tell(1200, [], ['b']);
  apply(going.asBefore());
  expect([...list.keys()].sort()).toEqual(['b', 'c', 'd']);
});

test('what is told of the folder once it is back counts, and of the rest what was told before', () => {
  const { list, going, apply, tell } = start();
  const torn = version('b', { identity: null, state: 'missing' });
  tell(1000, [torn], ['a', 'c']);
  apply(going.asBefore());
  const again = version('c', { size: 7 });
  tell(9000, [again], []);
  apply(going.asTold());
  expect([...list.values()]).toEqual([torn, again]);
  expect(going.asTold()).toEqual({ changed: [], removed: [] });
});
