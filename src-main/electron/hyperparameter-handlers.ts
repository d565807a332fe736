import type { WebContents } from 'electron';
import type { hyperparameterRequests } from '../../shared/ipc/hyperparameter-contract.ts';
import { sampled } from '../core/contents/differing-settings.ts';
import { limitText } from '../core/contents/limit-value.ts';
import { spread } from '../core/contents/spread.ts';
import type { ModelManager } from '../core/model-manager.ts';
import type { Handlers } from './serve-requests.ts';
import type { WindowSession } from './window-session.ts';

/** A config may have thousands; a list of more is no help. */
const mostNames = 300;

/** What each request does that reads what versions were trained with. */
export function createHyperparameterHandlers(
  sessionOf: (window: WebContents) => WindowSession,
): Pick<Handlers, keyof typeof hyperparameterRequests> {
  return {
    listHyperparameters: async ({ runId }, from) => {
      const { manager, settings } = sessionOf(from).run(runId);
      const ids = spread([...manager.list()], sampled).map(({ id }) => id);
      const found = await settings.names(ids.map((id) => pathOf(manager, id)));
      const told = found.filter(({ name }) => limitText(name, 500) === name);
      return { found: told.slice(0, mostNames) };
    },
    readHyperparameters: async ({ runId, versions, settings: names }, from) => {
      const { manager, handles, settings } = sessionOf(from).run(runId);
      const paths = versions.map((version) => pathOf(manager, handles.idOf(version)));
      return { columns: await settings.columns(paths, names) };
    },
  };
}

/** Null for a version that is gone. */
function pathOf(manager: ModelManager, id: string): string | null {
  return manager.claims([id])[0]?.path ?? null;
}
