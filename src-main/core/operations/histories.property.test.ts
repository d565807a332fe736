import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { MemoryDisk } from '../files/memory-disk.fixture.ts';
import {
  allFiles,
  backupsAreWhole,
  backupsIn,
  checksumIn,
  type Deed,
  type Files,
  models,
  perform,
  plant,
  recover,
  renameByHand,
  rewrite,
  seen,
  sha256,
  sidecarOf,
  trashOf,
  undoById,
} from './history.fixture.ts';

/** `CAIRN_HISTORIES` and `CAIRN_SEED` choose others. */
const histories = Number(process.env['CAIRN_HISTORIES'] ?? (process.env['CAIRN_TORTURE'] ? 100_000 : 2000));
const seed = Number(process.env['CAIRN_SEED'] ?? 1);
const told = { histories: 0, deeds: 0, refused: 0, cuts: 0, failures: 0, rewritten: 0 };

beforeAll(() => {
  vi.useFakeTimers({ now: new Date('2026-01-02T03:04:05Z'), toFake: ['Date'] });
});
afterAll(() => {
  vi.useRealTimers();
});

/**
 * What goes wrong at a call: the power is cut, the disk fails, or somebody takes no lock and writes to a file in place.
 * `rewrite` picks a file that is rewritten in place before what was interrupted is recovered.
 */
interface Fault {
  type: 'cut' | 'ENOSPC' | 'EIO' | 'rewrite';
  call: number;
  state: number;
  rewrite: number | null;
}

/** Something that happens to a run, with what goes wrong on the way: at which call, and which of the disks that may be left. */
type Event =
  | {
      type: 'deed';
      deed: Deed;
      fault: Fault | null;
    }
  | { type: 'edit' | 'rewrite' | 'rename'; pick: number }
  | { type: 'clock'; hours: number };

const pick = fc.nat(7);
const text = fc.nat(1e6).map((seed) => `model ${seed} `.repeat(1 + (seed % 90)));
const reward = fc.constantFrom(1, -2.5, Number.NaN, Number.POSITIVE_INFINITY, 0);
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('save best' as const), text, reward }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('save' as const), text, reward }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constantFrom('prune', 'trash', 'undo', 'undo', 'restore'), pick }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('backup', 'backup', 'empty') }) },
);
const fault = fc.record({
  type: fc.constantFrom('cut', 'cut', 'ENOSPC', 'EIO', 'rewrite'),
  call: fc.integer({ min: 1, max: 90 }),
  state: fc.nat(40),
  rewrite: fc.option(fc.nat(20)),
});
const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({ type: fc.constant('deed' as const), deed, fault: fc.option(fault) }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constantFrom('edit', 'rewrite', 'rename'), pick }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('clock' as const), hours: fc.integer({ min: -50, max: 50 }) }),
  },
);

/** A run, and what a person who trusts it knows. */
class History {
  disk = new MemoryDisk();
  number = 0;
  /** Models that were acknowledged and neither emptied from the trash nor overwritten by someone else. */
  acknowledged = new Set<string>();
  backups = new Set<string>();

  constructor() {
    plant(this.disk, 'notes.txt', 'a file of someone else');
    for (const folder of ['best_models', 'checkpoints']) plant(this.disk, `${folder}/notes.txt`, 'another');
  }

  async live(happens: Event): Promise<void> {
    if (happens.type === 'clock') vi.setSystemTime(Date.now() + happens.hours * 3_600_000);
    else if (happens.type === 'deed') await this.#act(happens.deed, happens.fault);
    else await this.#meddle(happens);
    await this.#assertAllIsWell();
  }

  async #act(deed: Deed, fault: Fault | null): Promise<void> {
    this.number += 1;
    told.deeds += 1;
    const before = seen(this.disk);
    const after = await this.#foresee(deed, before);
    if (deed.do === 'empty') this.acknowledged = intersect(this.acknowledged, sums(before));
    if (fault === null) {
      await perform(this.disk, this.disk, deed, this.number).catch(() => undefined);
      return this.#acknowledge(deed, after.outcome === 'done');
    }
    if (fault.type === 'rewrite') return this.#actBesideAnother(deed, fault, before);
    const outcome = await this.#actWithFault(deed, fault);
    await this.#acknowledge(deed, outcome === 'done');
    const theirs = fault.rewrite === null ? null : this.#rewrite(fault.rewrite);
    await recover(this.disk);
    const ends = { done: [after.files], refused: [before], unknown: [before, after.files] }[outcome];
    const whole = ends.map((end) => plain(new Map([...end, ...(theirs ?? [])])));
    expect(whole).toContainEqual(plain(seen(this.disk)));
  }

  /** What comes of it where nothing goes wrong. */
  async #foresee(deed: Deed, before: Files): Promise<{ outcome: Outcome; files: Files }> {
    const disk = this.disk.copy();
    const outcome = await outcomeOf(() => perform(disk, disk, deed, this.number));
    if (outcome === 'done') {
      assertDone(deed, before, seen(disk));
      await this.#assertUndoable(disk, before);
    } else told.refused += 1;
    return { outcome, files: seen(disk) };
  }

  /** Somebody writes to a file in place in the middle of it: what is refused then leaves those bytes where they are. */
  async #actBesideAnother(deed: Deed, { call, state }: Fault, before: Files): Promise<void> {
    const disk = new FaultDisk(this.disk);
    let theirs: Files = new Map();
    disk.before = () => {
      if (disk.calls.length === call) theirs = this.#rewrite(state);
    };
    const outcome = await outcomeOf(() => perform(disk, this.disk, deed, this.number));
    if (outcome === 'refused') expect(plain(seen(this.disk))).toEqual(plain(new Map([...before, ...theirs])));
    const there = sums(allFiles(this.disk));
    for (const text of theirs.values())
      expect(there, 'what another program wrote is gone').toContain(sha256(text));
    // They may have written to the very file that was just saved.
    const isThere = !('text' in deed) || theirs.size === 0 || there.has(sha256(deed.text));
    await this.#acknowledge(deed, outcome === 'done' && isThere);
  }

  async #actWithFault(deed: Deed, { type, call, state }: Fault): Promise<Outcome> {
    const code = type === 'cut' ? 'EPOWER' : type;
    const faults = new FaultDisk(this.disk, { call, code, forever: type !== 'EIO' });
    const said = await outcomeOf(() => perform(faults, this.disk, deed, this.number));
    if (faults.failed > 0) told[type === 'cut' ? 'cuts' : 'failures'] += 1;
    if (type === 'cut') this.#losePower(state);
    // Deleting for good is the one thing that cannot be taken back half way.
    const open = type === 'cut' || deed.do === 'empty';
    return said === 'refused' && open ? 'unknown' : said;
  }

  /** Someone who takes no lock writes to a file of the run itself: all names of it have the new bytes. */
  #rewrite(pick: number): Files {
    const paths = [...seen(this.disk).keys()].filter((path) => !/notes\.txt$|\.tmp$/.test(path)).sort();
    const path = paths[pick % Math.max(1, paths.length)];
    if (path === undefined) return new Map();
    told.rewritten += 1;
    const text = seen(this.disk).get(path) ?? '';
    this.acknowledged.delete(sha256(text));
    // Half of them are as long as before: the time alone tells.
    const theirs = `${told.rewritten} of a training `.padEnd(pick % 2 === 0 ? text.length : 0);
    rewrite(this.disk, path, theirs);
    return new Map([[path, theirs]]);
  }

  #losePower(state: number): void {
    const states = [...this.disk.crashStates()];
    this.disk = states[state % states.length] ?? this.disk;
  }

  async #acknowledge(deed: Deed, isDone: boolean): Promise<void> {
    if (!isDone) return;
    if ('text' in deed) this.acknowledged.add(sha256(deed.text));
    if (deed.do === 'backup') for (const { id } of await backupsIn(this.disk)) this.backups.add(id);
  }

  /** Someone who takes no lock and asks nobody. */
  async #meddle({ type, pick }: { type: 'edit' | 'rewrite' | 'rename'; pick: number }): Promise<void> {
    if (type === 'rewrite') return void this.#rewrite(pick);
    const all = models(this.disk);
    const path = all[pick % Math.max(1, all.length)];
    if (path === undefined) return;
    if (type === 'rename')
      return renameByHand(this.disk, path, `best_models/renamed-${this.number}-${pick}.pt`);
    this.acknowledged.delete(sha256(seen(this.disk).get(path) ?? ''));
    plant(this.disk, path, `edited ${this.number} ${pick}`);
  }

  /** What an operation changed comes back byte for byte, where the trash has it on record. */
  async #assertUndoable(done: MemoryDisk, before: Files): Promise<void> {
    const known = new Set((await trashOf(this.disk)).map(({ id }) => id));
    const [fresh] = (await trashOf(done)).filter(({ id }) => !known.has(id));
    if (!fresh) return;
    const undone = done.copy();
    await undoById(undone, fresh.id, this.number + 1000);
    expect(plain(seen(undone))).toEqual(plain(before));
  }

  async #assertAllIsWell(): Promise<void> {
    const there = sums(allFiles(this.disk));
    for (const sum of this.acknowledged) expect(there, 'an acknowledged save is gone').toContain(sum);
    expect(seen(this.disk).get('notes.txt')).toBe('a file of someone else');
    expect(await backupsAreWhole(this.disk)).toBe(true);
    const backups = (await backupsIn(this.disk)).map(({ id }) => id);
    expect(backups).toEqual(expect.arrayContaining([...this.backups]));
    const names = [...allFiles(this.disk).keys()];
    await recover(this.disk);
    expect([...allFiles(this.disk).keys()]).toEqual(names);
    assertNumbersAreUnique(this.disk);
  }
}

type Outcome = 'done' | 'refused' | 'unknown';

async function outcomeOf(act: () => Promise<unknown>): Promise<Outcome> {
  try {
    await act();
    return 'done';
  } catch (error) {
    return String(error).includes('uncertain') ? 'unknown' : 'refused';
  }
}

function sums(files: Files): Set<string> {
  return new Set([...files.values()].map(sha256));
}

function intersect(a: Set<string>, b: Set<string>): Set<string> {
  return new Set([...a].filter((sum) => b.has(sum)));
}

/** Staged files of this process stay until it ends. */
function plain(files: Files): [string, string][] {
  return [...files].filter(([path]) => !path.endsWith('.tmp')).sort();
}

const changedBy: Record<Deed['do'], RegExp> = {
  save: /^checkpoints\/checkpoint\./,
  'save best': /^best_models\/model_v/,
  prune: /^best_models\//,
  trash: /^best_models\//,
  undo: /^(best_models|checkpoints)\//,
  restore: /^(best_models|checkpoints)\//,
  backup: /^$/,
  empty: /^$/,
};

/** Each does what it is for, and nothing else. */
function assertDone(deed: Deed, before: Files, after: Files): void {
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (path) => before.get(path) !== after.get(path),
  );
  for (const path of changed) expect(path).toMatch(changedBy[deed.do]);
  if ('text' in deed) assertSaved(deed.text, changed, after);
  if (deed.do === 'prune' || deed.do === 'trash')
    expect(changed.flatMap((path) => [path, sidecarOf(path)]).filter((path) => after.has(path))).toEqual([]);
}

/** A model and the sidecar that tells of it; saved twice within a second, a checkpoint is the same to the letter. */
function assertSaved(text: string, changed: readonly string[], after: Files): void {
  const sidecar = changed.find((path) => path.endsWith('.json')) ?? 'checkpoints/checkpoint.json';
  expect(after.get(sidecar.replace(/json$/, 'pt'))).toBe(text);
  expect(checksumIn(after.get(sidecar) ?? '')).toBe(sha256(text));
}

function assertNumbersAreUnique(disk: MemoryDisk): void {
  const numbers = models(disk).flatMap((path) => /model_v(\d+)_/.exec(path)?.[1] ?? []);
  expect(new Set(numbers).size).toBe(numbers.length);
}

test('Acknowledged is kept: after any history nothing acknowledged is lost, and every operation was done wholly or not at all', {
  timeout: 3_600_000,
}, async () => {
  const any = fc.array(event, { minLength: 1, maxLength: 14 });
  const property = fc.asyncProperty(any, async (events) => {
    const history = new History();
    told.histories += 1;
    for (const happens of events) await history.live(happens);
  });
  await fc.assert(property, { numRuns: histories, seed });
  const { deeds, refused, cuts, failures, rewritten } = told;
  console.info(
    `histories, seed ${seed}: ${told.histories}, of ${deeds} operations; ${refused} refused, ${cuts} cut off, ${failures} with a failing disk; ${rewritten} files rewritten in place`,
  );
});
