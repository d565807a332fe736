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
  return (
    <details className="json-nested">
      <summary>
        <bdi className="json-key">{name}</bdi> <span className="json-size">{size}</span>
      </summary>
      <JsonEntries value={value} />
    </details>
  );
}

function Scalar({ value }: { value: unknown }) {
  const empty = Array.isArray(value) ? '[ ]' : '{ }';
  const isEmpty = typeof value === 'object' && value !== null;
  return <bdi className="json-value">{isEmpty ? empty : valueText(value)}</bdi>;
}
