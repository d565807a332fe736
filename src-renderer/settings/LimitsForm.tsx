import { Button, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';
import { readAge, readSize } from '../../shared/model/amounts.ts';
import type { KeptLimits } from '../../shared/model/app-settings.ts';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { useAction } from '../dialogs/useAction.ts';
import { ageWords } from './age-words.ts';

interface Props {
  limits: KeptLimits;
  onSaved: () => Promise<void>;
}

type Section = keyof KeptLimits;

const sections: readonly { section: Section; title: string; hint: string }[] = [
  {
    section: 'trash',
    title: 'Trash from automatic retention',
    hint: 'Permanently deleted after this time, or beyond this size. What you moved there yourself stays until you empty the trash.',
  },
  {
    section: 'backups',
    title: 'Backups with the run',
    hint: 'Older backups, or those beyond this size, are deleted; never the last copy of a model.',
  },
];

/** How long and how much is kept by itself; an empty field is no limit. */
export function LimitsForm({ limits, onSaved }: Props) {
  const [draft, setDraft] = useState(limits);
  const action = useAction();
  const changed = JSON.stringify(draft) !== JSON.stringify(limits);
  const valid = sections.every(
    ({ section }) => isAge(draft[section].maxAge) && isSize(draft[section].maxSize),
  );
  const save = (event: FormEvent) => {
    event.preventDefault();
    action.run(
      () => window.cairn.request('changeLimits', draft),
      () => {
        notifications.show({
          message: 'Limits saved. They apply to runs you open from now on.',
        });
        void onSaved();
      },
    );
  };
  return (
    <form className="limits" onSubmit={save}>
      {sections.map(({ section, title, hint }) => (
        <fieldset key={section}>
          <legend>{title}</legend>
          <p className="dialog-hint">{hint}</p>
          <div className="limits-pair">
            <TextInput
              size="xs"
              label="Maximum age"
              placeholder="no limit"
              value={draft[section].maxAge ?? ''}
              rightSectionWidth={84}
              rightSectionPointerEvents="none"
              rightSection={<span className="limits-words">{ageWords(draft[section].maxAge)}</span>}
              error={isAge(draft[section].maxAge) ? null : 'such as 30d, 12h or 4w'}
              onChange={({ currentTarget }) =>
                setDraft(withLimit(draft, section, { maxAge: currentTarget.value.trim() || null }))
              }
            />
            <TextInput
              size="xs"
              label="Maximum size"
              placeholder="no limit"
              value={draft[section].maxSize ?? ''}
              error={isSize(draft[section].maxSize) ? null : 'such as 20 GB'}
              onChange={({ currentTarget }) =>
                setDraft(withLimit(draft, section, { maxSize: currentTarget.value.trim() || null }))
              }
            />
          </div>
        </fieldset>
      ))}
      <DialogFailure failure={action.failure} />
      <div className="dialog-foot">
        <Button type="submit" disabled={!changed || !valid} loading={action.running}>
          Save limits
        </Button>
      </div>
    </form>
  );
}

function withLimit(limits: KeptLimits, section: Section, change: Partial<KeptLimits[Section]>): KeptLimits {
  return { ...limits, [section]: { ...limits[section], ...change } };
}

function isAge(text: string | null): boolean {
  return text === null || readAge(text) !== null;
}

function isSize(text: string | null): boolean {
  return text === null || readSize(text) !== null;
}
