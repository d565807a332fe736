import type { WorkspaceRun, WorkspaceSummary } from '../../shared/model/workspace.ts';
import { missing } from '../format/format-number.ts';
import { metricLabel } from '../format/metric-label.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';

/** The short name of the latest version: its number, else its file. */
export function latestLabel({ latest, latestVersion }: WorkspaceRun): string {
  if (latestVersion !== null) return `v${latestVersion}`;
  return latest === null ? missing : visibleText(latest.slice(latest.lastIndexOf('/') + 1));
}

/** What is going on in a run, or wrong with it, as it was when it was found. */
export function stateLabel({ isWriting, problems }: WorkspaceRun): string {
  const words = [isWriting ? 'Saving now' : '', problems > 0 ? plural(problems, 'problem') : ''];
  return words.filter(Boolean).join(' · ') || missing;
}

/** The metric that tells the best of a run, and its better end. */
export function rankingWords(run: Pick<WorkspaceRun, 'metric'>): string {
  return `${metricLabel(run.metric.name)} ${betterEnd(run)}`;
}

export function betterEnd({ metric: { mode } }: Pick<WorkspaceRun, 'metric'>): string {
  return mode === 'max' ? '↑' : '↓';
}

/** How a search stands, as far as the page knows: while rows of one that has ended are on their way, it has not found nothing. */
export function stateToTell(state: WorkspaceSummary['state'], loading: boolean): WorkspaceSummary['state'] {
  return loading && (state === 'done' || state === 'stopped') ? 'searching' : state;
}
