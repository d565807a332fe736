import { valueNamed } from '../../model/metric-values.ts';
import type { Clock } from '../local-clock.ts';
import { parseTimestamp } from '../parse-timestamp.ts';
import type { QueryField } from './fields.ts';
import type { QueriedRow } from './queried-row.ts';
import type { Amount, AmountRange, Query } from './query-tree.ts';

/** What docs/query.md says of a query and one version, word by word: slow, and as plain as can be. */
export function evaluate(query: Query, row: QueriedRow, clock: Clock): boolean {
  const inner = (part: Query) => evaluate(part, row, clock);
  switch (query.type) {
    case 'and':
      return query.parts.every(inner);
    case 'or':
      return query.parts.some(inner);
    case 'not':
      return !inner(query.part);
    case 'text':
      return textsOf(row).some((text) => contains(text, query.text));
    case 'mark':
      return isMarked(row, query.mark);
    case 'state':
      return isInState(row, query.field, query.state);
    case 'amount':
      return compare(
        compared(row, query.field, clock),
        query.operator,
        inZone(row, query.field, query.amount, clock),
      );
    case 'amounts': {
      const value = compared(row, query.field, clock);
      if (value === null || Number.isNaN(value)) return false;
      return query.ranges.some((range) => isWithin(value, row, query.field, range, clock)) !== query.negated;
    }
    case 'word':
      return compareWords(row, query.field, query.operator, query.word);
    case 'words': {
      const words = wordsIn(row, query.field);
      if (words === null) return false;
      return query.words.some((word) => words.some((each) => equals(each, word))) !== query.negated;
    }
  }
}

const contains = (text: string, part: string) => text.toLowerCase().includes(part.toLowerCase());
const equals = (text: string, other: string) => text.toLowerCase() === other.toLowerCase();

function textsOf(row: QueriedRow): string[] {
  const { state, cause } = row.integrity;
  const kind = row.kind === 'best' ? 'best model' : 'checkpoint';
  const texts = [
    row.id,
    row.version === null ? null : `v${row.version}`,
    kind,
    state,
    cause,
    row.symbol,
    row.notes,
  ];
  return [...texts, row.is_latest ? 'latest' : null, ...row.tags].filter((text) => text !== null);
}

function isMarked(row: QueriedRow, mark: string): boolean {
  const { state } = row.integrity;
  if (mark === 'best') return row.is_best;
  if (mark === 'latest') return row.is_latest;
  if (mark === 'pinned') return row.pinned;
  if (mark === 'intact') return state === 'verified' || state === 'unverified' || state === 'unsealed';
  return state === 'mismatch' || state === 'torn' || state === 'missing' || state === 'unreadable';
}

function isInState(row: QueriedRow, field: QueryField, state: string): boolean {
  const values = isNumeric(field) ? numberOf(row, field) : wordsIn(row, field);
  const isMissing = values === null || (Array.isArray(values) && values.length === 0);
  if (state === 'missing') return isMissing;
  return state === 'present' ? !isMissing : Number.isNaN(values);
}

const isNumeric = ({ kind }: QueryField) =>
  kind === 'number' || kind === 'size' || kind === 'time' || kind === 'age';

function numberOf(row: QueriedRow, { name, kind, metric }: QueryField): number | null {
  if (kind === 'time' || kind === 'age') return parseTimestamp(row.timestamp)?.milliseconds ?? null;
  if (name === 'reward') return valueNamed(row.metrics, 'mean_reward') ?? row.reward;
  if (metric) return valueNamed(row.metrics, name);
  if (name === 'size') return row.file_size_bytes;
  return row[name as 'version' | 'step' | 'episode' | 'backups'];
}

function compared(row: QueriedRow, field: QueryField, clock: Clock): number | null {
  const number = numberOf(row, field);
  if (field.kind !== 'age' || number === null) return number;
  return (isZoned(row) ? clock.now : clock.toWall(clock.now)) - number;
}

const isZoned = (row: QueriedRow) => parseTimestamp(row.timestamp)?.zoned === true;

function inZone(row: QueriedRow, { kind }: QueryField, amount: Amount, clock: Clock): Amount {
  if (kind !== 'time' || amount.zoned === isZoned(row)) return amount;
  const turn = amount.zoned ? clock.toWall : clock.toMoment;
  return { ...amount, low: turn(amount.low), high: turn(amount.high) };
}

function compare(value: number | null, operator: string, { low, high }: Amount): boolean {
  if (value === null || Number.isNaN(value)) return false;
  const [isBelow, isAbove] = [value < low, value > high];
  const meanings = new Map([
    ['=', !isBelow && !isAbove],
    ['!=', isBelow || isAbove],
    ['<', isBelow],
    ['<=', !isAbove],
    ['>', isAbove],
    ['>=', !isBelow],
  ]);
  return meanings.get(operator) === true;
}

function isWithin(
  value: number,
  row: QueriedRow,
  field: QueryField,
  { from, to }: AmountRange,
  clock: Clock,
): boolean {
  const isAbove = from === null || compare(value, '>=', inZone(row, field, from, clock));
  return isAbove && (to === null || compare(value, '<=', inZone(row, field, to, clock)));
}

/** Null where it has none; an empty list is a list. */
function wordsIn(row: QueriedRow, { name }: QueryField): string[] | null {
  const { state, cause, detail } = row.integrity;
  const some = (...words: (string | null)[]) => words.filter((word) => word !== null);
  if (name === 'tag') return row.tags;
  if (name === 'integrity') return some(state, cause);
  if (name === 'finding') return some(detail, ...row.problems);
  if (name === 'run') return row.runId === undefined ? null : [row.runId];
  const words = { kind: row.kind, note: row.notes, symbol: row.symbol, file: row.id, checksum: row.checksum };
  const word = name === 'source' ? row.metadata_source : words[name as keyof typeof words];
  return word === null ? null : [word];
}

function compareWords(row: QueriedRow, field: QueryField, operator: string, word: string): boolean {
  const words = wordsIn(row, field);
  if (words === null) return false;
  const matches = operator.endsWith('~') ? contains : equals;
  return words.some((each) => matches(each, word)) !== operator.startsWith('!');
}
