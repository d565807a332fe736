import type { WorkspaceRun } from '../../shared/model/workspace.ts';

/** A run of a workspace as tests need it. */
export function workspaceRun(handle: number, given: Partial<WorkspaceRun> = {}): WorkspaceRun {
  return {
    handle,
    path: `run_${handle}`,
    layout: 'cairn',
    recognised: null,
    versions: 3,
    bytes: 300,
    best: 'best_models/model_v0002.pt',
    latest: 'checkpoints/model_v0003.pt',
    problems: 0,
    overrides: [],
    metric: { name: 'reward', mode: 'max' },
    bestValue: 0.5,
    latestVersion: 3,
    latestAt: '2026-03-01T10:00:00',
    isWriting: false,
    ...given,
  };
}
