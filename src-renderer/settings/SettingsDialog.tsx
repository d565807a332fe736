import { NativeSelect, Switch } from '@mantine/core';
import type { Requests } from '../../shared/ipc/contract.ts';
import { valueOrNotice } from '../bridge/show-failure.ts';
import { Choice } from '../choice/Choice.tsx';
import { Dialog } from '../dialogs/Dialog.tsx';
import { visibleText } from '../format/visible-text.ts';
import { DefaultPlace } from './DefaultPlace.tsx';
import { LimitsForm } from './LimitsForm.tsx';
import { useSettings } from './useSettings.ts';
import './settings.css';

interface Props {
  opened: boolean;
  onClose: () => void;
}

export function SettingsDialog({ opened, onClose }: Props) {
  return (
    <Dialog title="Settings" width={560} opened={opened} onClose={onClose}>
      <Settings />
    </Dialog>
  );
}

const themes = [
  { value: 'system', label: 'Same as system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

const threadChoices = [
  { value: '', label: 'One per core' },
  ...[1, 2, 4, 8, 16].map((count) => ({ value: String(count), label: String(count) })),
];

/** Each choice counts as soon as it is made; limits when they are saved. */
function Settings() {
  const { known, read } = useSettings();
  if (!known) return null;
  const { settings, limits, problems, backupPlace } = known;
  const change = async (changed: Requests['changeSetting']['input']) => {
    await valueOrNotice(window.cairn.request('changeSetting', changed));
    await read();
  };
  return (
    <div className="settings">
      <div className="setting">
        <span aria-hidden>Colours</span>
        <Choice
          label="Colours"
          choices={themes}
          value={settings.theme}
          onChange={(theme) => void change({ theme })}
        />
      </div>
      <div className="setting">
        <label htmlFor="setting-threads">Threads that read files</label>
        <NativeSelect
          id="setting-threads"
          size="xs"
          data={threadChoices}
          value={settings.threads === null ? '' : String(settings.threads)}
          onChange={({ currentTarget: { value } }) => void change({ threads: value ? Number(value) : null })}
        />
      </div>
      <Switch
        size="xs"
        label="Notify me when a long task ends while this window is in the background"
        checked={settings.notify}
        onChange={({ currentTarget }) => void change({ notify: currentTarget.checked })}
      />
      <DefaultPlace place={backupPlace} onChanged={read} />
      {problems.map(({ path, problem }) => (
        <p key={problem} className="settings-problem">
          {visibleText(path)}: {visibleText(problem)}
        </p>
      ))}
      <LimitsForm limits={limits} onSaved={read} />
    </div>
  );
}
