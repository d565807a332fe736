import { Checkbox, NumberInput } from '@mantine/core';
import { type PruneRules, ruleOf } from './prune-rules.ts';

interface Props {
  rules: PruneRules;
  onChange: (rules: PruneRules) => void;
}

type Rule = 'keepBest' | 'keepLatest' | 'keepEvery';

const fields: readonly { rule: Rule; label: string; suffix: string; least: number }[] = [
  { rule: 'keepBest', label: 'Keep best', suffix: '', least: 0 },
  { rule: 'keepLatest', label: 'Keep latest', suffix: '', least: 0 },
  { rule: 'keepEvery', label: 'Keep one every so many steps', suffix: ' steps', least: 1 },
];

export function RulesForm({ rules, onChange }: Props) {
  return (
    <>
      <div className="rules">
        {fields.map(({ rule, label, suffix, least }) => (
          <NumberInput
            key={rule}
            size="xs"
            label={label}
            placeholder="no rule"
            suffix={suffix}
            min={least}
            max={1e12}
            clampBehavior="strict"
            allowDecimal={false}
            allowNegative={false}
            thousandSeparator=","
            value={rules[rule] ?? ''}
            onChange={(value) => onChange({ ...rules, [rule]: ruleOf(value, least) })}
          />
        ))}
      </div>
      <Checkbox
        size="xs"
        label="Checkpoints as well as best models"
        checked={rules.kinds === 'all'}
        onChange={({ currentTarget }) =>
          onChange({ ...rules, kinds: currentTarget.checked ? 'all' : 'best' })
        }
      />
    </>
  );
}
