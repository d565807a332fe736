import { Popover } from '@mantine/core';
import { IconAlertTriangle, IconChevronDown } from '@tabler/icons-react';
import { contradiction } from '../../shared/model/direction-by-name.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import { visibleText } from '../format/visible-text.ts';
import { bestBadge } from '../table/columns.ts';
import type { MetricInfo } from '../versions/metric-catalog.ts';
import type { VersionList } from '../versions/version-list.ts';
import { MetricMenu } from './MetricMenu.tsx';
import './best.css';

interface Props {
  run: RunSummary;
  list: VersionList;
  metrics: readonly MetricInfo[];
}

/** By what the best is told; opens the choice of another metric or direction. */
export function MetricButton({ run, list: { best }, metrics }: Props) {
  const { metric } = run;
  const flag = contradiction(metric.name, metric.mode);
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
        <button type="button" className="run-metric" title={flag ?? originOf(run)}>
          {flag && <IconAlertTriangle className="metric-doubt" size={14} stroke={1.75} aria-hidden />}
          <span>
            best by <b>{bestBadge(metric, best)}</b>
          </span>
          <IconChevronDown size={13} stroke={1.75} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown className="metric-menu" aria-label="What tells the best">
        <MetricMenu run={run} metrics={metrics} />
      </Popover.Dropdown>
    </Popover>
  );
}

function originOf({ metric, configSource }: RunSummary): string {
  if (metric.source === 'chosen') return 'You chose it for this run.';
  return configSource === null
    ? 'No config chooses it; this is the default.'
    : `Chosen by ${visibleText(configSource)}`;
}
