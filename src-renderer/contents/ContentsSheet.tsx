import { JsonSection } from '../details/JsonSection.tsx';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
import { CarriedStates } from './CarriedStates.tsx';
import { contentsFacts } from './contents-facts.ts';
import { Disagreements } from './Disagreements.tsx';
import { ExportButtons } from './ExportButtons.tsx';
import { Hyperparameters } from './Hyperparameters.tsx';
import { OptimizerFacts } from './OptimizerFacts.tsx';
import { isPointer, problemAdvice } from './problem-advice.ts';
import { TensorSection } from './TensorSection.tsx';
import { TrustBlock } from './TrustBlock.tsx';
import type { OpenedContents } from './useContents.ts';

/** Everything that was found in a file, the plain things first. */
export function ContentsSheet({ opened }: { opened: OpenedContents }) {
  const { contentsId, view } = opened;
  const ask = () => window.cairn.request('exportContents', { contentsId });
  return (
    <>
      <Problems problems={view.problems} more={view.left_out.problems} format={view.format} />
      {isLoadable(view) && <TrustBlock view={view} />}
      <dl className="facts contents-facts">
        {contentsFacts(view).map(([name, value, title]) => (
          <div key={name} className="fact">
            <dt>{name}</dt>
            <dd title={title}>
              <bdi>{visibleText(value)}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      {view.tensors.length > 0 && <TensorSection opened={opened} />}
      <CarriedStates view={view} />
      <JsonSection title="Training state" value={view.training_state} />
      <JsonSection title="Metrics" value={view.metrics} />
      <Hyperparameters list={view.hyperparameters} more={view.left_out.hyperparameters} />
      <JsonSection title="Metadata" value={view.metadata} />
      <Disagreements list={view.disagreements} />
      {view.optimizer && <OptimizerFacts optimizer={view.optimizer} />}
      <Entries entries={view.entries} />
      <ExportButtons exports={[{ label: 'Export all of this as JSON…', ask }]} />
    </>
  );
}

/** Whether there is something of which it could be told what loading it does: what only points at a model is none. */
function isLoadable({ format, entries, globals, tensors, unread }: OpenedContents['view']): boolean {
  return !isPointer(format) && entries.length + globals.length + tensors.length + unread.length > 0;
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
      <h3>This file has problems</h3>
      <ul>
        {problems.map((problem, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a file may have one problem twice
          <li key={index}>{visibleText(problem)}</li>
        ))}
        {more > 0 && <li>and {plural(more, 'more', 'more')}</li>}
      </ul>
      <p>{problemAdvice(format)}</p>
    </section>
  );
}

function Entries({ entries }: { entries: OpenedContents['view']['entries'] }) {
  if (entries.length === 0) return null;
  return (
    <details className="json-section">
      <summary>Contents of the file</summary>
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
