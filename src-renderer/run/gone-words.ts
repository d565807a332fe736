import type { RunSummary } from '../../shared/model/run.ts';

/** Why nothing can be done to a run, or to a version of it; null where its folder is there. */
export function goneWords({ watch }: Pick<RunSummary, 'watch'>): string | null {
  return watch.state === 'gone' ? 'The folder of this run is gone: nothing in it can be read.' : null;
}
