import { Checkbox, NativeSelect } from '@mantine/core';
import type { Direction } from '../../shared/model/metric.ts';
import { metricLabel } from '../format/metric-label.ts';
import { type PruneRules, withMetric } from './prune-rules.ts';
import { concernsCheckpoints } from './prune-words.ts';
import { RuleField } from './RuleField.tsx';

interface Props {
  rules: PruneRules;
  /** The metrics to choose from; an empty name is for each run's own. */
  metrics: readonly string[];
  /** Which end of a metric is better. */
  directionOf: (name: string) => Direction;
  /** How many versions a run has, and the highest step of one: where the sliders end. */
  total: number;
  lastStep: number;
  onChange: (rules: PruneRules) => void;
}

export function RulesForm({ rules, metrics, directionOf, total, lastStep, onChange }: Props) {
  const { metric } = rules;
  return (
    <div className="rules">
      <RuleField
        label="Keep best"
        least={0}
        most={total}
        value={rules.keepBest}
        onChange={(keepBest) => onChange({ ...rules, keepBest })}
      />
      <RuleField
        label="Keep latest"
        least={0}
        most={total}
        value={rules.keepLatest}
        onChange={(keepLatest) => onChange({ ...rules, keepLatest })}
      />
      <RuleField
        label="Keep one every so many steps"
        suffix=" steps"
        least={1}
        most={Math.max(2, lastStep)}
        value={rules.keepEvery}
        onChange={(keepEvery) => onChange({ ...rules, keepEvery })}
      />
      <div className="rules-metric">
        <NativeSelect
          size="xs"
          label="Best by"
          data={metrics.map((value) => ({
            value,
            label: value === '' ? 'each run’s own metric' : metricLabel(value),
          }))}
          value={metric?.name ?? ''}
          onChange={({ currentTarget }) => onChange(withMetric(rules, currentTarget.value, directionOf))}
        />
        {metric && (
          <NativeSelect
            size="xs"
            label="Better is"
            data={[
              { value: 'max', label: 'higher' },
              { value: 'min', label: 'lower' },
            ]}
            value={metric.mode}
            onChange={({ currentTarget }) =>
              onChange({
                ...rules,
                metric: { ...metric, mode: currentTarget.value === 'min' ? 'min' : 'max' },
              })
            }
          />
        )}
        <Checkbox
          size="xs"
          label={concernsCheckpoints}
          checked={rules.kinds === 'all'}
          onChange={({ currentTarget }) =>
            onChange({ ...rules, kinds: currentTarget.checked ? 'all' : 'best' })
          }
        />
      </div>
    </div>
  );
}
