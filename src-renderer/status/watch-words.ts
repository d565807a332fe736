import type { WatchState } from '../../shared/model/run.ts';
import { visibleText } from '../format/visible-text.ts';

const words: Record<WatchState['state'], string> = {
  live: 'Watching live',
  polling: 'Looking again every few seconds',
  off: 'Not watching for changes',
  gone: 'The folder is gone',
};

/** Whether changes on disk are followed, and why not if they are not. */
export function watchWords({ state, detail }: WatchState): string {
  return detail === null ? words[state] : `${words[state]}: ${visibleText(detail)}`;
}
