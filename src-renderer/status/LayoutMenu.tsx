import { Menu } from '@mantine/core';
import { useState } from 'react';
import type { Requests } from '../../shared/ipc/contract.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import { valueOrNotice } from '../bridge/show-failure.ts';
import { chooseLayout } from '../leaving/close-open.ts';
import { useSession } from '../session/useSession.ts';
import { readAsOf, recognisedWords } from './recognised-words.ts';

/** The value of that choice: no layout has an empty id. */
const asRecognised = '';

/** The framework whose run it is taken for; opens the choice of another. Nothing where a config says how the run lies, and nothing else is seen in it. */
export function LayoutMenu({ run }: { run: RunSummary }) {
  const session = useSession();
  const [layouts, setLayouts] = useState<Requests['listLayouts']['output']>([]);
  const { recognised, configSource } = run;
  const readAs = readAsOf(recognised);
  const list = async () => setLayouts((await valueOrNotice(window.cairn.request('listLayouts', {}))) ?? []);
  const choose = (value: string) => {
    const layout = value === asRecognised ? null : value;
    if (layout !== readAs) void chooseLayout(session, run.runId, layout);
  };
  if (!recognised && configSource !== null) return null;
  return (
    <Menu position="top-start" shadow="md" transitionProps={{ duration: 0 }} onOpen={() => void list()}>
      <Menu.Target>
        <button
          type="button"
          className="status-button status-layout"
          title={recognised ? recognisedWords(recognised) : 'Nothing tells which framework wrote this run.'}
          aria-label={`Layout: ${recognised?.name ?? 'not recognised'}`}
        >
          {recognised?.name ?? 'Layout'}
        </button>
      </Menu.Target>
      <Menu.Dropdown aria-label="Read as">
        <Menu.Label>Read as…</Menu.Label>
        <Menu.RadioGroup value={readAs ?? asRecognised} onChange={choose}>
          <Menu.RadioItem value={asRecognised} closeMenuOnClick>
            Automatic
          </Menu.RadioItem>
          {layouts.map(({ layout, name }) => (
            <Menu.RadioItem key={layout} value={layout} closeMenuOnClick>
              {name}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
