import { Checkbox, NativeSelect } from '@mantine/core';
import { visibleText } from '../format/visible-text.ts';
import type { PruneRules } from './prune-rules.ts';
import { RuleField } from './RuleField.tsx';

interface Props {
  rules: PruneRules;
  /** The metrics there are; the one of the rules need not be among them. */
  metrics: readonly string[];
  /** How many versions the run has, and the highest step of one: where the sliders end. */
  total: number;
  lastStep: number;
  onChange: (rules: PruneRules) => void;
}

export function RulesForm({ rules, metrics, total, lastStep, onChange }: Props) {
  const { metric } = rules;
  const names = metrics.includes(metric.name) ? metrics : [metric.name, ...metrics];
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
          data={names.map((value) => ({ value, label: visibleText(value) }))}
          value={metric.name}
          onChange={({ currentTarget }) =>
            onChange({ ...rules, metric: { ...metric, name: currentTarget.value } })
          }
        />
        <NativeSelect
          size="xs"
          label="Better is"
          data={[
            { value: 'max', label: 'higher' },
            { value: 'min', label: 'lower' },
          ]}
          value={metric.mode}
          onChange={({ currentTarget }) =>
            onChange({ ...rules, metric: { ...metric, mode: currentTarget.value === 'min' ? 'min' : 'max' } })
          }
        />
        <Checkbox
          size="xs"
          label="Checkpoints as well as best models"
          checked={rules.kinds === 'all'}
          onChange={({ currentTarget }) =>
            onChange({ ...rules, kinds: currentTarget.checked ? 'all' : 'best' })
          }
        />
      </div>
    </div>
  );
}
