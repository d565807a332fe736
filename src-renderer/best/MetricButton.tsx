import { Popover } from '@mantine/core';
import { IconAlertTriangle, IconChevronDown } from '@tabler/icons-react';
import { contradiction } from '../../shared/model/direction-by-name.ts';
import { warningsOfConfigured } from '../../shared/model/metric.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import { visibleText } from '../format/visible-text.ts';
import { rankingWords } from '../table/ranking-words.ts';
import type { VersionsSnapshot } from '../versions/versions-store.ts';
import { isUndecided } from './is-undecided.ts';
import { MetricMenu } from './MetricMenu.tsx';
import './best.css';

interface Props {
  run: RunSummary;
  snapshot: VersionsSnapshot;
}

/** By what the best is told, or that it is to be said; opens the choice of another metric or direction. */
export function MetricButton({ run, snapshot }: Props) {
  const { metric, negativeMetrics } = run;
  const isOpen = isUndecided(run, snapshot);
  const flag =
    contradiction(metric.name, metric.mode, negativeMetrics.includes(metric.name)) ??
    warningsOfConfigured(metric, visibleText(metric.name))[0];
  return (
    <Popover
      position="bottom-end"
      width={320}
      shadow="md"
      trapFocus
      returnFocus
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <button
          type="button"
          className="run-metric"
          data-undecided={isOpen || undefined}
          title={flag ?? originOf(run)}
        >
          {flag && <IconAlertTriangle className="metric-doubt" size={14} stroke={1.75} aria-hidden />}
          {isOpen ? (
            <span>Choose the metric for “best”…</span>
          ) : (
            <span>
              best by <b>{rankingWords(metric)}</b>
            </span>
          )}
          <IconChevronDown size={13} stroke={1.75} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown className="metric-menu" aria-label="Metric for “best”">
        <MetricMenu run={run} metrics={snapshot.metrics} isUndecided={isOpen} />
      </Popover.Dropdown>
    </Popover>
  );
}

function originOf({ metric, configSource, recognised }: RunSummary): string {
  const inFiles = visibleText(metric.name);
  if (metric.source === 'framework')
    return `${inFiles}, as ${recognised?.name ?? 'its framework'} chose; no config says otherwise.`;
  if (metric.source === 'chosen') return `You chose ${inFiles} for this run.`;
  return configSource === null
    ? `No config chooses it; ${inFiles} is the default.`
    : `${inFiles}, chosen by ${visibleText(configSource)}`;
}
