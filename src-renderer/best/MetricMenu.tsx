import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type Direction, isSameMetric } from '../../shared/model/metric.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import { valueOrNotice } from '../bridge/show-failure.ts';
import type { MetricInfo } from '../versions/metric-catalog.ts';
import { MetricItem } from './MetricItem.tsx';
import { keptBySaves, type MetricLine, metricLines, unchosenWords } from './metric-lines.ts';

/** A run may log thousands of metrics; the list shows so many at once and can be searched. */
const listed = 200;
const searchFrom = 12;

interface Props {
  run: RunSummary;
  metrics: readonly MetricInfo[];
  /** Whether nothing tells the best yet. */
  isUndecided: boolean;
}

/** Chooses the metric that tells the best, and which end of each metric is the better one. */
export function MetricMenu({ run, metrics, isUndecided }: Props) {
  const [search, setSearch] = useState('');
  const lines = metricLines(
    run,
    metrics.map(({ name }) => name),
    isUndecided,
  );
  const sought = search.trim().toLowerCase();
  const found = lines.filter(({ name, label }) => `${name}\n${label}`.toLowerCase().includes(sought));
  return (
    <>
      {lines.length > searchFrom && (
        <TextInput
          size="xs"
          aria-label="Find a metric"
          placeholder="Find a metric"
          value={search}
          onChange={({ currentTarget }) => setSearch(currentTarget.value)}
        />
      )}
      <ul className="metric-list">
        {found.slice(0, listed).map((line) => (
          <MetricItem
            key={line.name}
            line={line}
            onChoose={() => choose(run, line)}
            onTurn={(better) => turn(run, line, better)}
          />
        ))}
      </ul>
      {found.length > listed && (
        <p className="metric-more">{found.length - listed} more: type to narrow down</p>
      )}
      <Origin run={run} />
    </>
  );
}

function Origin({ run }: { run: RunSummary }) {
  const { metric, configuredMetric, config } = run;
  if (metric.source !== 'chosen')
    return (
      <p className="metric-origin">
        What you choose is kept with the run. It tells the best everywhere, and a save{' '}
        {keptBySaves(config.max_best_models)} by it.
      </p>
    );
  return (
    <>
      <p className="metric-origin">
        You chose this for the run. {unchosenWords(run)} A save {keptBySaves(config.max_best_models)} by your
        choice.
      </p>
      <Button variant="default" fullWidth onClick={() => reset(run)}>
        {wayBack[configuredMetric.source]}
      </Button>
    </>
  );
}

const wayBack: Record<RunSummary['metric']['source'], string> = {
  asked: 'Use the run’s config',
  chosen: 'Use the run’s config',
  config: 'Use the run’s config',
  framework: 'Use the framework’s',
  default: 'Use the default',
};

function choose({ runId, configuredMetric }: RunSummary, { name }: MetricLine): void {
  const metric = isSameMetric(name, configuredMetric.name) ? null : name;
  void valueOrNotice(window.cairn.request('chooseMetric', { runId, metric }));
}

function turn({ runId }: RunSummary, { name, mode }: MetricLine, better: Direction): void {
  if (better !== mode)
    void valueOrNotice(window.cairn.request('setDirection', { runId, metric: name, mode: better }));
}

async function reset({ runId, configuredMetric }: RunSummary): Promise<void> {
  const { name } = configuredMetric;
  await valueOrNotice(window.cairn.request('setDirection', { runId, metric: name, mode: null }));
  await valueOrNotice(window.cairn.request('chooseMetric', { runId, metric: null }));
}
