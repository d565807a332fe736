import { stringifyJson } from '../../../shared/model/json.ts';
import type { WatchOutput } from '../../../shared/model/outputs.ts';
import { escapeName } from '../../core/catalog/escape-name.ts';
import type { RunReader } from '../../core/run-reader.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { loadRun, openingOf, type WritingOptions } from './load-run.ts';

type Event = Omit<WatchOutput, 'at'>;

/** `cairn watch`: one line for each version that appears, changes or goes, until it is interrupted; what others were cut off in is settled meanwhile. */
export async function watch(folder: string, options: WritingOptions): Promise<ExitCode> {
  const manager = await loadRun(folder, openingOf(options));
  const reporter = new Reporter(manager, (event) =>
    process.stdout.write(format(event, options.json ?? false)),
  );
  manager.subscribe((event) => {
    if (event.type === 'looked') reporter.looked();
    if (event.type === 'versions') reporter.versions(event.changed, event.removed);
  });
  manager.follow();
  await interrupted();
  manager.close();
  return exitCodes.done;
}

/** Turns differences into events; what there is at the start is not news. */
class Reporter {
  readonly #manager: RunReader;
  readonly #print: (event: Event) => void;
  readonly #known = new Set<string>();
  readonly #problems = new Set<string>();
  #ready = false;
  #isGone = false;

  constructor(manager: RunReader, print: (event: Event) => void) {
    this.#manager = manager;
    this.#print = print;
    for (const { id } of manager.list()) this.#known.add(id);
  }

  versions(changed: readonly string[], removed: readonly string[]): void {
    for (const id of removed) {
      this.#known.delete(id);
      this.#tell({ event: 'removed', id, version: null });
    }
    for (const id of changed) {
      const event = this.#known.has(id) ? 'changed' : 'added';
      this.#known.add(id);
      this.#tell({ event, id, version: this.#manager.version(id) ?? null });
    }
  }

  looked(): void {
    const { state, detail } = this.#manager.watch;
    if (!this.#ready) this.#print({ event: 'ready', id: null, version: null });
    else if (this.#isGone && state !== 'gone')
      this.#print({ event: 'ready', id: null, version: null, detail: 'the folder is back' });
    this.#ready = true;
    this.#isGone = state === 'gone';
    const problems = [...this.#manager.problems, ...(detail === null ? [] : [{ path: '', problem: detail }])];
    for (const { path, problem } of problems) this.#tellProblem(path, problem);
    const current = new Set(problems.map(({ path, problem }) => `${path}\n${problem}`));
    for (const key of this.#problems) if (!current.has(key)) this.#problems.delete(key);
  }

  #tellProblem(path: string, problem: string): void {
    const key = `${path}\n${problem}`;
    if (this.#problems.has(key)) return;
    this.#problems.add(key);
    this.#print({ event: 'problem', id: path || null, version: null, problem });
  }

  #tell(event: Event): void {
    if (this.#ready) this.#print(event);
  }
}

function format(event: Event, json: boolean): string {
  if (json) return `${stringifyJson({ ...event, at: new Date().toISOString() })}\n`;
  const what = event.problem ?? event.detail ?? event.version?.integrity.state ?? '';
  return `${event.event.padEnd(8)} ${escapeName(event.id ?? '', 400)} ${escapeName(what, 400)}`
    .trimEnd()
    .concat('\n');
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
    process.stdout.once('error', () => resolve());
  });
}
