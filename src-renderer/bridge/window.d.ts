import type { Bridge } from '../../shared/ipc/bridge.ts';

declare global {
  interface Window {
    /** Put here by the preload; all the page has of the machine. */
    readonly cairn: Bridge;
  }
}
