import type { Result } from '../failure.ts';
import type { EventName, RequestName } from './channels.ts';
import type { Events, Requests } from './contract.ts';

/**
 * What the preload puts on `window.cairn`, and all of it. Nothing rejects: a refusal or fault is a failure in the result.
 * `openDropped` takes the dropped File itself; its path is read in the preload and never seen by the page.
 */
export interface Bridge {
  request<N extends Exclude<RequestName, 'openDropped'>>(
    name: N,
    input: Requests[N]['input'],
  ): Promise<Result<Requests[N]['output']>>;
  openDropped(file: object): Promise<Result<Requests['openDropped']['output']>>;
  subscribe<N extends EventName>(name: N, listener: (event: Events[N]) => void): () => void;
}
