import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { WebContents } from 'electron';
import type { Requests } from '../../shared/ipc/contract.ts';
import { type PackedRow, type PackedRows, packRows } from '../../shared/ipc/packed-rows.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import { withoutReadAs } from '../core/config/read-as.ts';
import { toldName } from '../core/config/told-name.ts';
import { SettingsThread } from '../core/contents/settings-thread.ts';
import type { ManagerOptions, ModelManager } from '../core/model-manager.ts';
import { ownFolder } from '../core/operations/operation.ts';
import { Program } from '../core/program.ts';
import type { RunEvent } from '../core/run-reader.ts';
import { firstProblems } from './first-problems.ts';
import { nameFolder } from './name-folder.ts';
import { publish } from './publish-events.ts';
import type { VersionHandles } from './version-handles.ts';

/** Rows in the first page, so that there is something to see at once, and in each later one. */
const firstPage = 500;
const laterPages = 4000;
/** The run's summary is told at most this often, in milliseconds. */
const summariseEvery = 150;

/** A run that is open in one window: its versions go there as rows with handles, and differences as they happen. */
export class OpenRun {
  readonly runId = randomBytes(16).toString('hex');
  readonly program: Program;
  readonly handles: VersionHandles;
  readonly settings = new SettingsThread();
  readonly toldName: string | null;
  readonly #window: WebContents;
  #revision = 0;
  #loading = true;
  #runsBelow = 0;
  #isClosed = false;
  #summary: NodeJS.Timeout | null = null;

  constructor(
    folder: string,
    handles: VersionHandles,
    window: WebContents,
    appData: string,
    onNotice: NonNullable<ManagerOptions['onNotice']>,
  ) {
    this.program = new Program(folder, { appData, onNotice });
    this.handles = handles;
    this.toldName = toldName(this.manager.root);
    this.#window = window;
    this.manager.subscribe((event) => this.#onEvent(event));
    this.manager.follow();
  }

  get manager(): ModelManager {
    return this.program.manager;
  }

  summarise(): RunSummary {
    const { manager, runId } = this;
    const { count, bytes, wrong } = manager.totals();
    return {
      runId,
      name: nameFolder(manager.root),
      toldName: this.toldName,
      folder: manager.root,
      config: withoutReadAs(manager.config),
      configSource: manager.configSource,
      metric: manager.metric,
      configuredMetric: manager.configuredMetric,
      choices: manager.choices,
      negativeMetrics: [...manager.negativeMetrics],
      problems: firstProblems(manager.problems),
      layout: manager.layout,
      recognised: manager.recognised,
      watch: manager.watch,
      loading: this.#loading,
      readOnly: manager.bookkeeping !== join(manager.root, ownFolder),
      versionCount: count,
      wrongCount: wrong,
      bestValue: manager.bestValue,
      totalBytes: bytes,
      runsBelow: this.#runsBelow,
    };
  }

  /** The rows from a place on, in the order in which handles were given out, as many as a page has. */
  page(from: number): Requests['listVersions']['output'] {
    const end = this.handles.size;
    const next = Math.min(end, from + (from === 0 ? firstPage : laterPages));
    const ids = Array.from({ length: Math.max(0, next - from) }, (_, index) =>
      this.handles.idAt(from + index),
    );
    return { revision: this.#revision, rows: this.#rows(ids), next: next < end ? next : null, end };
  }

  /** Whether the run is read, as far as that is done unasked, and the window was told of it. */
  get isSettled(): boolean {
    return this.manager.isAllRead && this.#summary === null;
  }

  close(): void {
    this.#isClosed = true;
    if (this.#summary) clearTimeout(this.#summary);
    void this.program.close();
    this.settings.close();
  }

  #onEvent(event: RunEvent): void {
    this.#summary ??= setTimeout(
      () => this.#tellSummary(),
      this.#loading && event.type === 'looked' ? 0 : summariseEvery,
    );
    if (event.type === 'looked') {
      if (this.#loading) void this.#lookBelow();
      this.#loading = false;
      return;
    }
    if (event.type === 'chosen') return;
    this.#revision += 1;
    const rows = this.#rows(event.changed);
    const removed = event.removed.map((id) => this.handles.handleOf(id));
    publish(this.#window, 'versionsChanged', { runId: this.runId, revision: this.#revision, rows, removed });
  }

  /** Once: what comes later is found where somebody searches. */
  async #lookBelow(): Promise<void> {
    const { runsBelow } = await import('../core/workspace/runs-below.ts');
    this.#runsBelow = (await runsBelow(this.manager)).length;
    if (this.#runsBelow > 0 && !this.#isClosed) this.#summary ??= setTimeout(() => this.#tellSummary(), 0);
  }

  #tellSummary(): void {
    this.#summary = null;
    publish(this.#window, 'runChanged', this.summarise());
  }

  #rows(ids: readonly string[]): PackedRows {
    return packRows(ids.flatMap((id) => this.#row(id)));
  }

  #row(id: string): PackedRow[] {
    const row = this.manager.row(id);
    return row === undefined ? [] : [{ handle: this.handles.handleOf(id), ...row }];
  }
}
