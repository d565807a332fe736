import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import type { Version } from '../../../shared/model/version.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';
import { python } from '../packing/python.fixture.ts';

/** What a test of Python may take on a busy machine, in milliseconds: loading PyTorch alone takes its time. */
export const pythonTimeout = 120_000;

const scriptPath = (script: string) => join(import.meta.dirname, 'fixtures', script);

/** The lines that a script of `fixtures/` prints. */
export function runScript(script: string, args: readonly string[]): string[] {
  const out = execFileSync(python, ['-B', scriptPath(script), ...args], { encoding: 'utf8', maxBuffer: 1e8 });
  return out.split('\n').filter((line) => line !== '');
}

interface Save {
  kind: 'save_best_model' | 'save_checkpoint';
  /** As Python reads it: `nan` too. */
  reward?: string;
  [option: string]: unknown;
}

/** A process that loads PyTorch once and saves with examples/cairn_callback.py as it is told. */
export class PythonSaver {
  readonly #child = spawn(python, ['-B', scriptPath('saves.py')], { stdio: ['pipe', 'pipe', 'inherit'] });
  readonly #lines = createInterface(this.#child.stdout)[Symbol.asyncIterator]();

  constructor() {
    // That it ended is told by what it does not say.
    this.#child.stdin.on('error', () => undefined);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** @returns what it prints @throws when it ends before it is done */
  async order(what: string, options: Record<string, unknown>): Promise<string[]> {
    this.#child.stdin.write(`${JSON.stringify({ do: what, ...options })}\n`);
    const said: string[] = [];
    for (;;) {
      const { value, done } = await this.#lines.next();
      if (done) throw new Error(`Python ended, having said: ${said.join('; ')}`);
      if (value === 'done') return said;
      said.push(value);
    }
  }

  /** @returns ids of the versions, or errors */
  async save(run: string, saves: readonly Save[]): Promise<string[]> {
    const said: string[] = [];
    for (const save of saves) said.push(...(await this.order('save', { run, ...save })));
    return said.map((line) => (line.startsWith(run) ? relative(run, line) : line));
  }

  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }
}

/** The run as Cairn finds it, every byte of it verified. */
export async function openVerified(run: string, config = {}): Promise<ModelManager> {
  const manager = new ModelManager(run, { appData: temporaryFolder(), config });
  onTestFinished(() => manager.close());
  await manager.look();
  await manager.verify(
    manager.versions().map(({ id }) => id),
    () => undefined,
  );
  return manager;
}

/** Its versions in the order of their names. */
export function byId(manager: ModelManager): Version[] {
  return manager.versions().sort((a, b) => (a.id < b.id ? -1 : 1));
}
