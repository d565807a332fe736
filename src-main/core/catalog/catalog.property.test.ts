import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { Catalog, type CatalogChange } from './catalog.ts';
import { acts, attempt, configs, stepOf } from './change-run.fixture.ts';
import type { CatalogEntry } from './make-entry.ts';

/** A view that knows of the run by differences alone. */
class View {
  readonly catalog: Catalog;
  readonly entries = new Map<string, CatalogEntry>();

  constructor(catalog: Catalog) {
    this.catalog = catalog;
  }

  apply({ changed, removed }: CatalogChange): void {
    for (const id of removed) this.entries.delete(id);
    for (const entry of changed) this.entries.set(entry.record.id, entry);
  }

  reconcile(): this {
    for (const change of this.catalog.reconcile()) this.apply(change);
    return this;
  }

  /** Looks at the names touched, or where that is not known at everything, as whoever watches the run does. */
  follow(touched: string[] | null): void {
    if (touched) this.apply(this.catalog.refresh(touched));
    else this.reconcile();
  }

  /** As it is to be compared: the order of files on a disk means nothing. */
  get contents() {
    const problems = this.catalog.problems.map(({ path, problem }) => `${path}: ${problem}`);
    return { entries: this.entries, problems: problems.sort() };
  }
}

test('What is shown is what is there: whatever happens to a run, its view by differences equals the disk after every step', () => {
  const base = temporaryFolder();
  let turn = 0;
  const next = () => {
    turn += 1;
    return turn;
  };
  fc.assert(
    fc.property(configs, fc.array(stepOf(acts), { minLength: 3, maxLength: 16 }), (config, steps) => {
      const run = join(base, String(next()));
      mkdirSync(run);
      const reconciled = new View(new Catalog(run, config)).reconcile();
      const hinted = new View(new Catalog(run, config)).reconcile();
      for (const { act, file, other } of steps) {
        hinted.follow(attempt(() => acts[act]?.(run, file, other, next()) ?? null));
        const fresh = new View(new Catalog(run, config)).reconcile().contents;
        expect(reconciled.reconcile().contents).toEqual(fresh);
        expect(hinted.contents).toEqual(fresh);
      }
    }),
    { seed: 1, numRuns: 100 },
  );
});
