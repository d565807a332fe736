import { useMemo } from 'react';
import type { WorkspaceRun } from '../../shared/model/workspace.ts';
import {
  fewestRuns,
  type NumberSetting,
  type WordSetting,
} from '../../shared/statistics/compare-settings.ts';
import { headCells, PlainTable } from '../contents/PlainTable.tsx';
import { exactNumber, formatCount, formatNumber } from '../format/format-number.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
import { rankingWords } from './run-words.ts';
import { type SettingsOfRuns, settingsOfRuns } from './settings-of-runs.ts';
import { correlationWords } from './settings-words.ts';

/** Values of one setting that are listed. */
const mostValues = 12;

/** Which settings differ between the runs that are shown, and how each goes with the best of a run. */
export function SettingsPage({ runs }: { runs: readonly WorkspaceRun[] }) {
  const settings = useMemo(() => settingsOfRuns(runs), [runs]);
  const { by, numbers, words } = settings;
  if (by === null || numbers.length + words.length === 0) return <Nothing settings={settings} />;
  return (
    <div className="settings-page">
      <p className="settings-lead">
        How settings go with the best <b>{rankingWords({ metric: by })}</b> of{' '}
        {plural(settings.compared, 'run')}. This is an association: runs may differ in other ways too, so it
        does not show what caused the difference. Settings are those that Hydra was asked for.
      </p>
      {numbers.length > 0 && (
        <PlainTable
          label="Settings that are numbers"
          head={headCells(
            'Setting',
            { number: 'Runs' },
            'From – to',
            { number: 'Rank correlation' },
            'What it says',
          )}
        >
          <tbody>
            {numbers.map((setting) => (
              <NumberLine key={setting.name} setting={setting} mode={by.mode} />
            ))}
          </tbody>
        </PlainTable>
      )}
      {words.length > 0 && (
        <PlainTable
          label="Settings that are words"
          head={headCells('Setting', 'Value', { number: 'Runs' }, { number: 'Mean of the best' })}
        >
          <tbody>{words.map((setting) => wordLines(setting))}</tbody>
        </PlainTable>
      )}
    </div>
  );
}

function Nothing({ settings: { compared } }: { settings: SettingsOfRuns }) {
  const why =
    compared === 0
      ? 'No run that is shown has both a best version and a record of what Hydra was asked for.'
      : `${plural(compared, 'run')} can be compared, and none differs from the others in what Hydra was asked for.`;
  return (
    <div className="settings-page">
      <p className="settings-lead">{why}</p>
    </div>
  );
}

function NumberLine({ setting, mode }: { setting: NumberSetting; mode: 'max' | 'min' }) {
  const { name, runs, range, correlation } = setting;
  return (
    <tr data-setting={name}>
      <td>
        <bdi>{visibleText(name)}</bdi>
      </td>
      <td className="number">{formatCount(runs)}</td>
      <td>{range.map((end) => exactNumber(end)).join(' – ')}</td>
      <td className="number">{correlation === null ? '–' : formatNumber(correlation)}</td>
      <td>{correlationWords(setting, mode)}</td>
    </tr>
  );
}

function wordLines({ name, runs, values }: WordSetting) {
  const more = values.length - mostValues;
  return [
    ...values.slice(0, mostValues).map((each, index) => (
      <tr key={`${name}=${each.value}`} data-setting={name}>
        <td>{index === 0 && <bdi>{visibleText(name)}</bdi>}</td>
        <td>
          <bdi>{visibleText(each.value)}</bdi>
        </td>
        <td className="number">{formatCount(each.runs)}</td>
        <td className="number" title={exactNumber(each.mean)}>
          {formatNumber(each.mean)}
        </td>
      </tr>
    )),
    ...(more > 0 || runs < fewestRuns
      ? [
          <tr key={`${name} more`} data-setting={name}>
            <td />
            <td colSpan={3}>
              {[
                more > 0 && `${plural(more, 'more value')}`,
                runs < fewestRuns && 'too few runs to say anything',
              ]
                .filter(Boolean)
                .join(' · ')}
            </td>
          </tr>,
        ]
      : []),
  ];
}
