import { Loader } from '@mantine/core';
import { useMemo } from 'react';
import type { WorkspaceRun } from '../../shared/model/workspace.ts';
import type { NumberSetting, WordSetting } from '../../shared/statistics/compare-settings.ts';
import { correlationWords } from '../../shared/statistics/correlation-words.ts';
import { listedValues } from '../../shared/statistics/listed-values.ts';
import { otherwiseWords } from '../../shared/statistics/otherwise-words.ts';
import {
  mostComparedAtOnce,
  type SettingsOfRuns,
  settingsOfRuns,
} from '../../shared/statistics/settings-of-runs.ts';
import { headCells, PlainTable } from '../contents/PlainTable.tsx';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { formatMetric } from '../format/format-metric.ts';
import { exactNumber, formatCount, formatNumber } from '../format/format-number.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
import { rankingWords } from './run-words.ts';
import { useReadSettings } from './useReadSettings.ts';

interface Props {
  workspaceId: string;
  runs: readonly WorkspaceRun[];
}

/** Which settings differ between the runs that are shown, and how each goes with the best of a run. */
export function DifferencesPage({ workspaceId, runs }: Props) {
  const { read, waiting, failure } = useReadSettings(workspaceId, runs);
  const settings = useMemo(() => settingsOfRuns(runs, read), [runs, read]);
  if (waiting)
    return (
      <div className="settings-page settings-wait" role="status">
        <Loader size={18} />
        Reading what the runs were trained with…
      </div>
    );
  return (
    <>
      <DialogFailure failure={failure} />
      <Differences settings={settings} />
    </>
  );
}

function Differences({ settings }: { settings: SettingsOfRuns }) {
  const { by, otherwise, unread, numbers, words } = settings;
  if (by === null || numbers.length + words.length === 0) return <Nothing settings={settings} />;
  return (
    <div className="settings-page">
      <p className="settings-lead">
        How settings go with the best <b>{rankingWords({ metric: by })}</b> of{' '}
        {plural(settings.compared, 'run')}. This is an association: runs may differ in other ways too, so it
        does not show what caused the difference. Settings are those that Hydra was asked for; of runs without
        Hydra those in the sidecar, configs and file of the best version
        {unread > 0 && `, for the first ${formatCount(mostComparedAtOnce)} of them`}.
        {otherwise > 0 && ` ${otherwiseWords(otherwise, plural)}`}
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
      {numbers.some(({ values }) => values.length > 0) && (
        <PlainTable
          label="Numbers, value by value"
          head={headCells('Setting', { number: 'Value' }, { number: 'Runs' }, { number: 'Mean of the best' })}
        >
          <tbody>{numbers.map((setting) => valueLines(setting, by.name))}</tbody>
        </PlainTable>
      )}
      {words.length > 0 && (
        <PlainTable
          label="Settings that are words"
          head={headCells('Setting', 'Value', { number: 'Runs' }, { number: 'Mean of the best' })}
        >
          <tbody>{words.map((setting) => wordLines(setting, by.name))}</tbody>
        </PlainTable>
      )}
    </div>
  );
}

function Nothing({ settings: { compared, otherwise } }: { settings: SettingsOfRuns }) {
  const why =
    compared === 0
      ? 'No run that is shown has both a best version and a record of what it was trained with.'
      : `${plural(compared, 'run')} can be compared, and none differs from the others in what it was trained with.`;
  return (
    <div className="settings-page">
      <p className="settings-lead">
        {why}
        {otherwise > 0 && ` ${otherwiseWords(otherwise, plural)}`}
      </p>
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

function valueLines({ name, values }: NumberSetting, metric: string) {
  return values.map(({ value, runs, mean }, index) => (
    <tr key={`${name}=${value}`} data-setting={name}>
      <td>{index === 0 && <bdi>{visibleText(name)}</bdi>}</td>
      <td className="number">{exactNumber(value)}</td>
      <td className="number">{formatCount(runs)}</td>
      <td className="number" title={exactNumber(mean)}>
        {formatMetric(metric, mean, true)}
      </td>
    </tr>
  ));
}

function wordLines(setting: WordSetting, metric: string) {
  const { name } = setting;
  const { values, below } = listedValues(setting, plural);
  return [
    ...values.map((each, index) => (
      <tr key={`${name}=${each.value}`} data-setting={name}>
        <td>{index === 0 && <bdi>{visibleText(name)}</bdi>}</td>
        <td>
          <bdi>{visibleText(each.value)}</bdi>
        </td>
        <td className="number">{formatCount(each.runs)}</td>
        <td className="number" title={exactNumber(each.mean)}>
          {formatMetric(metric, each.mean, true)}
        </td>
      </tr>
    )),
    ...(below === null
      ? []
      : [
          <tr key={`${name} more`} data-setting={name}>
            <td />
            <td colSpan={3}>{below}</td>
          </tr>,
        ]),
  ];
}
