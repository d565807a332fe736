import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import {
  type AmountKind,
  isAmount,
  knownFields,
  metricField,
  type QueryField,
  wordsOf,
} from '../../shared/query/language/fields.ts';
import { printName, printValue } from '../../shared/query/language/print-query.ts';
import type { KnownWords } from '../../shared/query/language/query-completions.ts';
import { visibleText } from '../format/visible-text.ts';
import { type Comparison, comparisonsOf } from './comparisons.ts';
import { faultOf } from './conditions.ts';
import { sentence } from './FaultMessage.tsx';

interface Props {
  known: KnownWords;
  onAdd: (condition: string) => void;
}

const examples: Record<AmountKind, string> = { number: '0.4', size: '1.5GB', age: '7d', time: '2026-03-02' };

/** A condition put together of a field, how it is compared, and with what. */
export function ConditionForm({ known, onAdd }: Props) {
  const [field, setField] = useState<QueryField>(metricField('reward'));
  const [operator, setOperator] = useState('>=');
  const [value, setValue] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const fields = fieldsOf(known);
  const comparisons = comparisonsOf(field);
  const comparison = comparisons.find((each) => each.operator === operator) ?? comparisons[0];
  const words = wordsOf(field) ?? known.wordsOf(field.name);
  const choose = (name: string) => {
    setField(fields.find((each) => printName(each) === name) ?? metricField('reward'));
    setValue('');
    setProblem(null);
  };
  const add = (event: FormEvent) => {
    event.preventDefault();
    const condition = conditionText(field, comparison, value || words[0]);
    const found = condition === null ? 'Write what to compare it with.' : problemOf(condition, known.metrics);
    setProblem(found);
    if (condition !== null && found === null) onAdd(condition);
  };
  return (
    <form className="condition-form" onSubmit={add}>
      <NativeSelect
        size="xs"
        aria-label="Field"
        value={printName(field)}
        data={fields.map((each) => ({ value: printName(each), label: visibleText(each.name) }))}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
      />
      <NativeSelect
        size="xs"
        aria-label="Comparison"
        value={comparison?.operator ?? ''}
        data={comparisons.map(({ operator: each, meaning }) => ({ value: each, label: meaning }))}
        onChange={({ currentTarget }) => setOperator(currentTarget.value)}
      />
      {comparison?.needsValue && (
        <ValueInput field={field} words={words} value={value} problem={problem} onChange={setValue} />
      )}
      <Button type="submit">Add</Button>
    </form>
  );
}

interface ValueProps {
  field: QueryField;
  words: readonly string[];
  value: string;
  problem: string | null;
  onChange: (value: string) => void;
}

function ValueInput({ field, words, value, problem, onChange }: ValueProps) {
  if (words.length > 0)
    return (
      <NativeSelect
        size="xs"
        aria-label="Value"
        value={value || words[0]}
        data={words.map((word) => ({ value: word, label: visibleText(word) }))}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    );
  return (
    <TextInput
      size="xs"
      aria-label="Value"
      placeholder={isAmount(field) ? `such as ${examples[field.kind]}` : 'text'}
      value={value}
      error={problem}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}

function fieldsOf({ metrics }: KnownWords): QueryField[] {
  const own = metrics.map(metricField).filter(({ name }) => name !== 'reward');
  return [...knownFields.map(({ field }) => field), ...own];
}

/** Null where a value is missing. */
function conditionText(
  field: QueryField,
  comparison: Comparison | undefined,
  value: string | undefined,
): string | null {
  if (!comparison?.needsValue) return `${printName(field)} ${comparison?.operator ?? 'is not missing'}`;
  return value ? `${printName(field)} ${comparison.operator} ${printValue(value)}` : null;
}

function problemOf(condition: string, metrics: readonly string[]): string | null {
  const fault = faultOf(condition, metrics);
  return fault && sentence(visibleText(fault.parts[1]));
}
