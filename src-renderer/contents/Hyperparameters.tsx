import { settingLines } from '../../shared/comparison/setting-lines.ts';
import type { Hyperparameter, SettingSource } from '../../shared/model/hyperparameters.ts';
import { formatGiven } from '../format/format-number.ts';
import { plural } from '../format/plural.ts';
import { valueText } from '../format/value-text.ts';
import { visibleText } from '../format/visible-text.ts';
import { headCells, PlainTable } from './PlainTable.tsx';

interface Props {
  list: readonly Hyperparameter[];
  /** How many there are beyond those. */
  more: number;
}

const sources: Record<SettingSource, string> = {
  file: 'file',
  optimizer: 'optimizer',
  sidecar: 'sidecar',
  hparams: 'hparams.yaml',
  hydra: 'Hydra',
  training_args: 'training_args.bin',
  trainer_state: 'trainer_state.json',
  args: 'args.json, params.json or config.json',
  zoo_config: 'config.yml',
  zoo_args: 'args.yml',
  mlflow: 'MLflow params',
  overrides: 'overrides',
};
/** Characters of a value that are shown; the rest is told when it is pointed at. */
const longest = 120;

/** What training was set up by, with the places where each value stands; those on which they do not agree come first. */
export function Hyperparameters({ list, more }: Props) {
  if (list.length === 0) return null;
  const apart = list.filter(({ agree }) => !agree).length;
  return (
    <details className="json-section" open>
      <summary>
        Hyperparameters
        {apart > 0 && <span className="apart">{plural(apart, 'disagreement')}</span>}
      </summary>
      <PlainTable
        label="Hyperparameters"
        className="hyperparameters"
        head={headCells('Name', 'Value', 'From')}
      >
        {list.map((hyperparameter) => (
          <Rows
            key={hyperparameter.values.map(({ source, path }) => source + path).join()}
            {...hyperparameter}
          />
        ))}
      </PlainTable>
      {more > 0 && <p>and {plural(more, 'more', 'more')}</p>}
    </details>
  );
}

/** A line for each value that differs from those before it. */
function Rows(hyperparameter: Hyperparameter) {
  const { name, agree } = hyperparameter;
  const lines = settingLines(hyperparameter);
  return (
    <tbody data-agree={agree}>
      {lines.map((places, index) => (
        <tr key={places[0]?.path}>
          {index === 0 && (
            <th scope="rowgroup" rowSpan={lines.length} title={visibleText(name)}>
              {visibleText(name)}
            </th>
          )}
          <Value value={places[0]?.value} />
          <td title={places.map(({ source, path }) => `${sources[source]}: ${visibleText(path)}`).join('\n')}>
            {[...new Set(places.map(({ source }) => sources[source]))].join(', ')}
          </td>
        </tr>
      ))}
    </tbody>
  );
}

function Value({ value }: { value: unknown }) {
  const text = valueText(value);
  const shown = typeof value === 'number' ? formatGiven(value) : text;
  return (
    <td title={shown === text && text.length <= longest ? undefined : text}>
      {shown.length > longest ? `${shown.slice(0, longest)}…` : shown}
    </td>
  );
}
