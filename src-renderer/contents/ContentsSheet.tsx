import { JsonSection } from '../details/JsonSection.tsx';
import { scalarText } from '../details/version-details.ts';
import { exactBytes, formatBytes } from '../format/format-bytes.ts';
import { formatCount } from '../format/format-number.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
import { Disagreements } from './Disagreements.tsx';
import { Hyperparameters } from './Hyperparameters.tsx';
import { OptimizerFacts } from './OptimizerFacts.tsx';
import { problemAdvice } from './problem-advice.ts';
import { TensorSection } from './TensorSection.tsx';
import { TrustBlock } from './TrustBlock.tsx';
import type { OpenedContents } from './useContents.ts';

/** Everything that was found in a file, the plain things first. */
export function ContentsSheet({ opened }: { opened: OpenedContents }) {
  const { view } = opened;
  const { file_size_bytes: size, bytes_read: read, totals } = view;
  const version = scalarText(view.checkpoint_version);
  const facts: [string, string, string?][] = [
    ['Format', view.format],
    ...(version === null ? [] : [['Version', version] as [string, string]]),
    ['Read', formatRead(read, size), exactBytes(read)],
    ['Tensors', `${formatCount(totals.tensors)}, ${formatBytes(totals.bytes)}`],
    ['Parameters', formatCount(totals.parameters)],
  ];
  return (
    <>
      <Problems problems={view.problems} more={view.left_out.problems} format={view.format} />
      {view.entries.length + view.globals.length + view.tensors.length + view.unread.length > 0 && (
        <TrustBlock view={view} />
      )}
      <dl className="facts">
        {facts.map(([name, value, title]) => (
          <div key={name} className="fact">
            <dt>{name}</dt>
            <dd title={title}>
              <bdi>{visibleText(value)}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      {view.tensors.length > 0 && <TensorSection opened={opened} />}
      <JsonSection title="Training state" value={view.training_state} />
      <JsonSection title="Metrics" value={view.metrics} />
      <Hyperparameters list={view.hyperparameters} more={view.left_out.hyperparameters} />
      <JsonSection title="Metadata" value={view.metadata} />
      <Disagreements list={view.disagreements} />
      {view.optimizer && <OptimizerFacts optimizer={view.optimizer} />}
      <Entries entries={view.entries} />
    </>
  );
}

interface ProblemsProps {
  problems: readonly string[];
  more: number;
  format: string;
}

function Problems({ problems, more, format }: ProblemsProps) {
  if (problems.length === 0) return null;
  return (
    <section className="contents-problems" aria-label="Problems of the file">
      <h3>Something is wrong in this file</h3>
      <ul>
        {problems.map((problem) => (
          <li key={problem}>{visibleText(problem)}</li>
        ))}
        {more > 0 && <li>and {plural(more, 'more', 'more')}</li>}
      </ul>
      <p>{problemAdvice(format)}</p>
    </section>
  );
}

/** Parts that are read again count again, so that more may be read of a damaged file than it has. */
function formatRead(read: number, size: number | null): string {
  if (size === null) return 'nothing';
  return read < size ? `${formatBytes(read)} of ${formatBytes(size)}` : `all of ${formatBytes(size)}`;
}

function Entries({ entries }: { entries: OpenedContents['view']['entries'] }) {
  if (entries.length === 0) return null;
  return (
    <details className="json-section">
      <summary>What the file holds</summary>
      <ul>
        {entries.map(({ key, type, summary }) => (
          <li key={key} className="json-entry">
            <bdi className="json-key">{visibleText(key || '(the whole)')}</bdi>
            <bdi className="json-value" title={visibleText(type)}>
              {visibleText(summary || type)}
            </bdi>
          </li>
        ))}
      </ul>
    </details>
  );
}
