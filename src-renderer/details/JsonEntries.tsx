import { useState } from 'react';
import { valueText } from '../format/value-text.ts';
import { visibleText } from '../format/visible-text.ts';
import { Sparkline } from './Sparkline.tsx';
import { entriesOf, numbersOf } from './version-details.ts';

/** A record may be large; so many entries of one level are listed. */
const listed = 200;

/** The entries of an object or array from a file, nested ones folded. */
export function JsonEntries({ value }: { value: unknown }) {
  const entries = entriesOf(value);
  return (
    <div className="json-entries">
      {entries.slice(0, listed).map(([key, item]) => (
        <JsonEntry key={key} name={visibleText(key)} value={item} />
      ))}
      {entries.length > listed && <p>and {entries.length - listed} more</p>}
    </div>
  );
}

function JsonEntry({ name, value }: { name: string; value: unknown }) {
  const numbers = numbersOf(value);
  const size = entriesOf(value).length;
  if (size === 0 || numbers) {
    return (
      <div className="json-entry">
        <bdi className="json-key">{name}</bdi>
        {numbers ? <Sparkline values={numbers} /> : <Scalar value={value} />}
      </div>
    );
  }
  return <Nested name={name} size={size} value={value} />;
}

/** What is folded is drawn once it is opened: a record may hold a hundred thousand entries within each other. */
function Nested({ name, size, value }: { name: string; size: number; value: unknown }) {
  const [wasOpened, setWasOpened] = useState(false);
  return (
    <details
      className="json-nested"
      onToggle={({ currentTarget }) => currentTarget.open && setWasOpened(true)}
    >
      <summary>
        <bdi className="json-key">{name}</bdi> <span className="json-size">{size}</span>
      </summary>
      {wasOpened && <JsonEntries value={value} />}
    </details>
  );
}

function Scalar({ value }: { value: unknown }) {
  const empty = Array.isArray(value) ? '[ ]' : '{ }';
  const isEmpty = typeof value === 'object' && value !== null;
  return <bdi className="json-value">{isEmpty ? empty : valueText(value)}</bdi>;
}
