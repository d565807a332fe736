import type { RunSummary, WatchState } from '../../shared/model/run.ts';
import { visibleText } from '../format/visible-text.ts';

const words: Record<WatchState['state'], string> = {
  live: 'Watching live',
  polling: 'Checking every few seconds',
  off: 'Not watching for changes',
  gone: 'The folder is gone',
};

/** A folder of runs takes longer to look at than one run. */
const wordsOfWorkspace = { ...words, polling: 'Checking every 30 seconds or less often' };

/** Whether changes of a run on disk are followed, and why not if they are not; nothing is, as long as it is read for the first time. */
export function watchWords({ watch, loading }: Pick<RunSummary, 'watch' | 'loading'>): string {
  return loading && watch.state === 'off' ? 'Reading…' : withDetail(words, watch);
}

/** The same of a folder of runs. */
export function watchWordsOfWorkspace(watch: WatchState): string {
  return withDetail(wordsOfWorkspace, watch);
}

function withDetail(of: typeof words, { state, detail }: WatchState): string {
  return detail === null ? of[state] : `${of[state]}: ${visibleText(detail)}`;
}
