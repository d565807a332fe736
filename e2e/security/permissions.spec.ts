import { expect, type Page, test } from '@playwright/test';
import { launchCairn, shareCairn } from '../driver/launch-cairn.ts';
import { weakenApp } from '../driver/weaken-app.ts';
import { devicesAllowed, noPermissionBlock } from './weakenings.ts';

const cairn = shareCairn(() => ({}));

/** In the page: asks for everything that a page can ask for; gives what was granted. */
async function askForEverything(): Promise<string[]> {
  const granted: string[] = [];
  const names = [
    'geolocation',
    'notifications',
    'push',
    'midi',
    'camera',
    'microphone',
    'background-fetch',
    'background-sync',
    'persistent-storage',
    'accelerometer',
    'gyroscope',
    'magnetometer',
    'clipboard-read',
    'clipboard-write',
    'payment-handler',
    'idle-detection',
    'periodic-background-sync',
    'screen-wake-lock',
    'nfc',
    'display-capture',
    'storage-access',
    'window-management',
    'local-fonts',
    'keyboard-lock',
    'pointer-lock',
  ];
  for (const name of names) {
    const state = await navigator.permissions.query({ name } as unknown as PermissionDescriptor).then(
      (status) => status.state,
      () => 'unknown',
    );
    if (state === 'granted') granted.push(`query ${name}`);
  }
  const browser = navigator as unknown as Record<
    string,
    Record<string, (options?: unknown) => Promise<unknown>>
  >;
  const page = window as unknown as Record<string, { requestPermission(): Promise<string> }>;
  const asks: Record<string, () => Promise<unknown> | undefined> = {
    camera: () => navigator.mediaDevices.getUserMedia({ video: true }),
    microphone: () => navigator.mediaDevices.getUserMedia({ audio: true }),
    screen: () => navigator.mediaDevices.getDisplayMedia(),
    geolocation: () => new Promise((done, fail) => navigator.geolocation.getCurrentPosition(done, fail)),
    notifications: () =>
      Notification.requestPermission().then((answer) => answer === 'granted' || Promise.reject()),
    midi: () => navigator.requestMIDIAccess({ sysex: true }),
    'clipboard-read': () => navigator.clipboard.readText(),
    idle: () =>
      page['IdleDetector']?.requestPermission().then((answer) => answer === 'granted' || Promise.reject()),
    usb: () => browser['usb']?.['requestDevice']?.({ filters: [] }),
    hid: () =>
      browser['hid']
        ?.['requestDevice']?.({ filters: [] })
        .then((found) => (found as unknown[]).length > 0 || Promise.reject()),
    serial: () => browser['serial']?.['requestPort']?.(),
    bluetooth: () => browser['bluetooth']?.['requestDevice']?.({ acceptAllDevices: true }),
    fonts: () =>
      (window as unknown as { queryLocalFonts?: () => Promise<unknown[]> })
        .queryLocalFonts?.()
        .then((fonts) => fonts.length > 0 || Promise.reject()),
    'pointer lock': () => document.body.requestPointerLock() as unknown as Promise<void> | undefined,
  };
  for (const [what, request] of Object.entries(asks)) {
    const patience = new Promise((_done, fail) => setTimeout(fail, 2000));
    try {
      const answer = request();
      if (answer === undefined) continue;
      await Promise.race([answer, patience]);
      granted.push(what);
    } catch {
      // Refused, as it should be.
    }
  }
  return granted;
}

/** The window must be in front: a page behind others is refused for that reason alone. */
async function ask(page: Page): Promise<string[]> {
  await page.bringToFront();
  return page.evaluate(askForEverything);
}

test('20: nothing that a page can ask for is granted', async () => {
  const { page, log } = cairn();
  expect(await ask(page)).toEqual([]);
  expect(log.join('\n')).toMatch(/refused permission (media|geolocation|notifications)/);
});

test('control: where the handlers say yes, much of it is granted', async () => {
  const app = await launchCairn({ app: await weakenApp(...noPermissionBlock, ...devicesAllowed) });
  const granted = await ask(app.page);
  expect(granted).toEqual(
    expect.arrayContaining(['query geolocation', 'notifications', 'idle', 'pointer lock', 'screen']),
  );
  await app.close();
});
