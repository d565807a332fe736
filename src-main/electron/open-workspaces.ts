import type { WebContents } from 'electron';
import { OpenWorkspace } from './open-workspace.ts';
import { NoSuchHandleError } from './version-handles.ts';

/** The folders of runs that one window has open. */
export class OpenWorkspaces {
  readonly #window: WebContents;
  readonly #open = new Map<string, OpenWorkspace>();

  constructor(window: WebContents) {
    this.#window = window;
  }

  list(): OpenWorkspace[] {
    return [...this.#open.values()];
  }

  /** Opens a folder, or gives what is open on it already. @param root absolute, and no link */
  open(root: string): OpenWorkspace {
    const open = this.list().find((other) => other.root === root) ?? new OpenWorkspace(root, this.#window);
    this.#open.set(open.workspaceId, open);
    return open;
  }

  find(workspaceId: string): OpenWorkspace | undefined {
    return this.#open.get(workspaceId);
  }

  /** @throws NoSuchHandleError */
  get(workspaceId: string): OpenWorkspace {
    const workspace = this.find(workspaceId);
    if (!workspace) throw new NoSuchHandleError('There is no such folder of runs open in this window.');
    return workspace;
  }

  close(workspaceId: string): void {
    this.get(workspaceId).close();
    this.#open.delete(workspaceId);
  }

  /** No search goes on that nobody sees. */
  stop(): void {
    for (const workspace of this.#open.values()) workspace.stop();
  }

  look(): void {
    for (const workspace of this.#open.values()) void workspace.look();
  }

  closeAll(): void {
    for (const workspace of this.#open.values()) workspace.close();
    this.#open.clear();
  }
}
