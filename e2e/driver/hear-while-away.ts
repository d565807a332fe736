import type { Cairn } from './launch-cairn.ts';

/** Puts the window behind others, as far as the app is told. @returns what is told through the system from then on */
export async function hearWhileAway({ electron }: Cairn): Promise<() => Promise<string[]>> {
  await electron.evaluate(({ BrowserWindow, Notification }) => {
    const told: string[] = [];
    Object.assign(globalThis, { told });
    Notification.isSupported = () => true;
    Notification.prototype.show = function show() {
      told.push(`${this.title} ${this.body}`);
    };
    BrowserWindow.prototype.isFocused = () => false;
  });
  return () => electron.evaluate(() => (globalThis as unknown as { told: string[] }).told);
}
