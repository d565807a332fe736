import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import type { WebContents } from 'electron';
import type { Failure } from '../../shared/failure.ts';
import type { Events } from '../../shared/ipc/contract.ts';
import type { Task, TaskKind } from '../../shared/model/task.ts';
import { openRunFolder } from '../core/open-run-folder.ts';
import { HeldRuns } from './held-runs.ts';
import { MarkHistory } from './mark-history.ts';
import { OpenCheckpoint } from './open-checkpoint.ts';
import { ContentsDesk } from './open-contents.ts';
import { OpenRun } from './open-run.ts';
import type { OpenWorkspace } from './open-workspace.ts';
import { OpenWorkspaces } from './open-workspaces.ts';
import { publish } from './publish-events.ts';
import { verifyRun } from './verify-run.ts';
import { NoSuchHandleError, VersionHandles } from './version-handles.ts';
import { type Job, type WorkSubject, Works } from './work.ts';
import { WrittenFiles } from './written-files.ts';

/** What a session asks and tells beyond its window. */
interface SessionHooks {
  /** Is given long work that is over, and the name of its run. */
  onEnded?: (task: Task, run: string) => void;
}

/** What one window has open and running. Handles of one window mean nothing in another. */
export class WindowSession {
  readonly #window: WebContents;
  readonly #appData: string;
  readonly #runs = new Map<string, OpenRun>();
  /** How many runs it has opened so far. */
  #opened = 0;
  readonly #checkpoints = new Map<string, OpenCheckpoint>();
  readonly workspaces: OpenWorkspaces;
  /** Those of its folders of runs that are pruned together. */
  readonly heldRuns: HeldRuns;
  readonly contents = new ContentsDesk();
  readonly marked = new MarkHistory();
  readonly written = new WrittenFiles();
  readonly works: Works;
  /** What the last verification of each run was to read, by its run: ids, null for all of it. */
  readonly #verifying = new Map<string, ReadonlySet<string> | null>();
  /** Folders that the person chose for backups, by the handle that the page has of them. */
  readonly #places = new Map<string, string>();
  /** What was to be told before the page listens; null once it does. */
  #unheard: (() => void)[] | null = [];

  constructor(window: WebContents, appData: string, { onEnded }: SessionHooks = {}) {
    this.#window = window;
    this.#appData = appData;
    this.workspaces = new OpenWorkspaces(window);
    this.heldRuns = new HeldRuns({
      appData,
      onNotice: (message) => this.tellFailure({ code: 'ModelManager', message, path: null }),
    });
    this.works = new Works((task) => {
      publish(window, 'taskProgressed', task);
      if (task.state !== 'running') onEnded?.(task, this.#nameOf(task.runId));
    });
  }

  #nameOf(runId: string): string {
    const workspace = this.workspaces.find(runId);
    return basename(
      this.#runs.get(runId)?.manager.root ?? this.#checkpoints.get(runId)?.path ?? workspace?.root ?? '',
    );
  }

  /** What would be stopped before it is done where the window closes: what it is, and in which run. */
  underWay(): { kind: TaskKind; run: string }[] {
    return this.works.underWay().map(({ kind, runId }) => ({ kind, run: this.#nameOf(runId) }));
  }

  runs(): OpenRun[] {
    return [...this.#runs.values()];
  }

  /** Whether its runs are read, and the window was told what is in them. */
  get isSettled(): boolean {
    return this.runs().every((run) => run.isSettled);
  }

  /** Opens a folder, or shows the run that is open on it already. @throws UsageError when it cannot be opened */
  open(folder: string): OpenRun {
    const root = openRunFolder(folder);
    const open = this.runs().find(({ manager }) => manager.root === root);
    if (open) {
      publish(this.#window, 'runShown', { runId: open.runId, version: null });
      return open;
    }
    const handles = new VersionHandles(this.#opened);
    this.#opened += 1;
    const run = new OpenRun(root, handles, this.#window, this.#appData, (message) =>
      this.tellFailure({ code: 'ModelManager', message, path: root }),
    );
    this.#runs.set(run.runId, run);
    publish(this.#window, 'runChanged', run.summarise());
    return run;
  }

  /** Shows a version of an open run as soon as it is seen there. */
  showVersion(run: OpenRun, id: string): void {
    const version = run.handles.handleOf(id);
    this.#tell(() => publish(this.#window, 'runShown', { runId: run.runId, version }));
  }

  /** Opens a folder of runs, or shows the one that is open on it already. @param root absolute, and no link */
  openWorkspace(root: string): OpenWorkspace {
    const workspace = this.workspaces.open(root);
    this.#tell(() => publish(this.#window, 'workspaceShown', workspace.summarise()));
    return workspace;
  }

  checkpoints(): OpenCheckpoint[] {
    return [...this.#checkpoints.values()];
  }

  /** Opens a checkpoint without a run, or shows the one that is open already. @param path absolute */
  openCheckpoint(path: string): OpenCheckpoint {
    const open = this.checkpoints().find((other) => other.path === path) ?? new OpenCheckpoint(path);
    this.#checkpoints.set(open.checkpointId, open);
    open.look();
    this.#tell(() => publish(this.#window, 'checkpointShown', open.summarise()));
    return open;
  }

  /** @throws NoSuchHandleError */
  checkpoint(checkpointId: string): OpenCheckpoint {
    const checkpoint = this.#checkpoints.get(checkpointId);
    if (!checkpoint) throw new NoSuchHandleError('There is no such checkpoint open in this window.');
    return checkpoint;
  }

  closeCheckpoint(checkpointId: string): void {
    this.checkpoint(checkpointId);
    this.#stopReading(checkpointId);
    this.#checkpoints.delete(checkpointId);
  }

  /** @throws NoSuchHandleError */
  run(runId: string): OpenRun {
    const run = this.#runs.get(runId);
    if (!run) throw new NoSuchHandleError('There is no such run open in this window.');
    return run;
  }

  /** The run that a version is of. @throws NoSuchHandleError */
  runOf(version: number): OpenRun {
    for (const run of this.#runs.values()) if (run.handles.has(version)) return run;
    throw new NoSuchHandleError('There is no such version in this window.');
  }

  /** A handle for a folder that the person chose. */
  handPlace(folder: string): string {
    const place = randomBytes(16).toString('hex');
    this.#places.set(place, folder);
    return place;
  }

  /** @throws NoSuchHandleError */
  placeOf(place: string): string {
    const folder = this.#places.get(place);
    if (folder === undefined) throw new NoSuchHandleError('No such place was chosen in this window.');
    return folder;
  }

  closeRun(runId: string): void {
    const run = this.run(runId);
    this.#stopReading(runId);
    run.close();
    this.#runs.delete(runId);
    this.#verifying.delete(runId);
    publish(this.#window, 'runClosed', { runId });
  }

  closeWorkspace(workspaceId: string): void {
    this.workspaces.close(workspaceId);
    this.works.cancelRun(workspaceId);
    this.heldRuns.close();
  }

  /**
   * Starts long work on a run, on a checkpoint without one, or on a folder of runs.
   * @param runIds the runs that it goes on in, where those are several: closing any of them ends it
   * @throws NoSuchHandleError where that is not open, or no longer: a person may take their time to choose a file
   */
  start(subject: WorkSubject, job: Job, runIds: readonly string[] = [subject.runId]): { taskId: string } {
    const { runId } = subject;
    if (!this.#checkpoints.has(runId) && !this.workspaces.find(runId)) this.run(runId);
    return { taskId: this.works.start(subject, job, runIds) };
  }

  /**
   * Starts reading every byte of these versions, or of all; gives the verification that is under way where that reads them too, and
   * else takes over what it was to read: one at a time.
   */
  verify(runId: string, versions: readonly number[] | null): string {
    const { manager, handles } = this.run(runId);
    const subject = { runId, kind: 'verify' } as const;
    const asked = versions && new Set(versions.map((handle) => handles.idOf(handle)));
    const running = this.works.find(subject);
    const read = running === null ? new Set<string>() : (this.#verifying.get(runId) ?? null);
    const ids = union(read, asked);
    if (running !== null && ids?.size === read?.size) return running;
    if (running !== null) this.works.cancel(running);
    this.#verifying.set(runId, ids);
    const wanted = ids && [...ids];
    return this.works.start(subject, (tools) => verifyRun(manager, wanted, tools));
  }

  /** A task that is over is cancelled already. */
  cancel(taskId: string): void {
    this.works.cancel(taskId);
  }

  /** Tells of a failure of something that the page did not ask for. */
  tellFailure(failure: Failure): void {
    this.#tell(() => publish(this.#window, 'failureMet', failure));
  }

  /** Asks the page to do what a person chose in the menu. */
  choose(command: Events['commandChosen']['command']): void {
    this.#tell(() => publish(this.#window, 'commandChosen', { command }));
  }

  /** The page listens from now on: what it has missed is told. */
  pageListens(): void {
    const missed = this.#unheard ?? [];
    this.#unheard = null;
    for (const tell of missed) tell();
  }

  /** The page stopped: what it alone could have made use of stops too, and what is to be told waits for the next one. */
  pageStopped(): void {
    this.works.cancelLooking();
    for (const checkpointId of this.#checkpoints.keys()) this.works.cancelRun(checkpointId);
    this.contents.close();
    this.heldRuns.close();
    this.workspaces.stop();
    this.#unheard ??= [];
  }

  #tell(tell: () => void): void {
    if (this.#unheard) this.#unheard.push(tell);
    else tell();
  }

  /** @param owner a run, or a checkpoint without one */
  #stopReading(owner: string): void {
    this.works.cancelRun(owner);
    this.contents.closeRun(owner);
  }

  reconcile(): void {
    for (const run of this.#runs.values()) run.manager.reconcile();
    this.workspaces.look();
    for (const checkpoint of this.#checkpoints.values())
      if (checkpoint.look()) publish(this.#window, 'checkpointChanged', checkpoint.summarise());
  }

  close(): void {
    this.works.cancelAll();
    this.contents.close();
    this.workspaces.closeAll();
    this.heldRuns.close();
    for (const run of this.#runs.values()) run.close();
    this.#runs.clear();
  }
}

/** What is in either; null for everything. */
function union(a: ReadonlySet<string> | null, b: ReadonlySet<string> | null): ReadonlySet<string> | null {
  return a && b && new Set([...a, ...b]);
}
