import { expect, test } from 'vitest';
import { emptyLayout } from '../table/table-layout.ts';
import { showAll } from '../versions/filter-rows.ts';
import {
  decodeViews,
  encodeViews,
  isShown,
  renameView,
  type SavedView,
  viewsFor,
  withoutView,
  withView,
} from './saved-views.ts';

const layout = { ...emptyLayout, group: 'day', widths: new Map([['metric:__proto__', 90]]) };
const view = (name: string, folder: string | null, query = ''): SavedView => ({
  name,
  folder,
  query,
  layout,
});
const asks = (text: string) => ({ ...showAll, text });
const names = (views: readonly SavedView[]) => views.map(({ name, folder }) => [name, folder]);

test('a run is offered its own views and those for all runs, by name', () => {
  const views = [view('b', '/runs/a'), view('a', null), view('c', '/runs/b')];
  expect(names(viewsFor(views, '/runs/a'))).toEqual([
    ['a', null],
    ['b', '/runs/a'],
  ]);
});

test('a view takes the place of one of its name, for its run or for all', () => {
  const views = withView([view('a', null), view('a', '/runs/a')], view('a', null, 'reward > 1'));
  expect(names(views)).toEqual([
    ['a', '/runs/a'],
    ['a', null],
  ]);
  expect(names(withoutView(views, view('a', null)))).toEqual([['a', '/runs/a']]);
  const [first] = views;
  expect(first && renameView([...views, view('c', '/runs/a')], first, 'c')).toEqual([
    ...views,
    view('c', '/runs/a'),
  ]);
  expect(first && names(renameView(views, first, 'b'))).toEqual([
    ['a', null],
    ['b', '/runs/a'],
  ]);
});

test('a view is what is shown when its query and its layout are', () => {
  expect(isShown(view('a', null, 'x '), asks('x'), { ...layout })).toBe(true);
  expect(isShown(view('a', null, 'x'), asks('y'), layout)).toBe(false);
  expect(isShown(view('a', null, 'x'), asks('x'), { ...layout, density: 'compact' })).toBe(false);
  expect(isShown(view('a', null, 'x'), { ...asks('x'), onlyProblems: true }, layout)).toBe(false);
});

test('views survive being stored, and garbage is left out', () => {
  const views = [view('a', null, 'q'), view('b', '/runs/a')];
  expect(decodeViews(JSON.parse(JSON.stringify(encodeViews(views))))).toEqual(views);
  const garbage = [null, 7, {}, { name: ' ', folder: null, query: '' }, { name: 'a', folder: 3, query: '' }];
  expect(decodeViews(garbage)).toEqual([]);
  expect(decodeViews('x')).toEqual([]);
});
