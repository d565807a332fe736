import { randomBytes } from 'node:crypto';
import type { Remarked } from '../core/marks/mark-change.ts';
import { NoSuchHandleError } from './version-handles.ts';

/** So many changes can be taken back: a toast offers the last. */
const kept = 20;

/** What was noted of versions in one window, so that it can be taken back. */
export class MarkHistory {
  readonly #changes = new Map<string, { runId: string; remarked: readonly Remarked[] }>();

  keep(runId: string, remarked: readonly Remarked[]): string {
    const handle = randomBytes(16).toString('hex');
    this.#changes.set(handle, { runId, remarked });
    for (const old of [...this.#changes.keys()].slice(0, -kept)) this.#changes.delete(old);
    return handle;
  }

  /** Each change by the version's id. @throws NoSuchHandleError */
  find(runId: string, handle: string): ReadonlyMap<string, Remarked> {
    const change = this.#changes.get(handle);
    if (change?.runId !== runId) throw new NoSuchHandleError('That can no longer be undone.');
    return new Map(change.remarked.map((each) => [each.before.id, each]));
  }
}
