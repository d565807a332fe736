import type { IpcMainInvokeEvent, WebContents } from 'electron';
import { describe, expect, test } from 'vitest';
import { isOwnPage } from './page-origin.ts';
import { isTrustedSender, trustWindow } from './trusted-senders.ts';

type Event = Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>;
interface Frame {
  url: string;
}

/** A web contents whose main frame shows a page. */
function contents(url: string, isDestroyed = false): { mainFrame: Frame; isDestroyed: () => boolean } {
  return { mainFrame: { url }, isDestroyed: () => isDestroyed };
}

function event(sender: object, senderFrame: Frame | null): Event {
  return { sender, senderFrame } as unknown as Event;
}

const own = 'app://cairn/index.html';

const foreignUrls = [
  'about:blank',
  'about:srcdoc',
  'data:text/html,x',
  'blob:app://cairn/0b9c',
  'file:///index.html',
  'https://cairn/index.html',
  'app://evil/index.html',
  'app://cairn.evil/index.html',
  'app://evil/cairn/index.html',
  'app://cairn:81/index.html',
  'app://user@cairn/index.html',
  'app://cairn@evil/index.html',
  'app:cairn/index.html',
  'xapp://cairn/index.html',
  'devtools://devtools/bundled/inspector.html',
  'chrome-error://chromewebdata/',
  'javascript:void 0',
  'app://',
  'not a url',
  '',
];

describe('isTrustedSender', () => {
  test('trusts the main frame of one of our windows while that shows our page', () => {
    const window = contents(own);
    trustWindow(window as unknown as WebContents);
    expect(isTrustedSender(event(window, window.mainFrame))).toBe(true);
  });

  test.each(foreignUrls)('refuses our window while it shows %j', (url) => {
    const window = contents(url);
    trustWindow(window as unknown as WebContents);
    expect(isTrustedSender(event(window, window.mainFrame))).toBe(false);
  });

  test('refuses a frame below the main frame, even on our own page', () => {
    const window = contents(own);
    trustWindow(window as unknown as WebContents);
    expect(isTrustedSender(event(window, { url: own }))).toBe(false);
  });

  test('refuses a request whose frame is gone', () => {
    const window = contents(own);
    trustWindow(window as unknown as WebContents);
    expect(isTrustedSender(event(window, null))).toBe(false);
  });

  test('refuses a window that was never trusted, and one that is destroyed', () => {
    const stranger = contents(own);
    expect(isTrustedSender(event(stranger, stranger.mainFrame))).toBe(false);
    const destroyed = contents(own, true);
    trustWindow(destroyed as unknown as WebContents);
    expect(isTrustedSender(event(destroyed, destroyed.mainFrame))).toBe(false);
  });

  test('refuses the main frame of another of our windows', () => {
    const [window, other] = [contents(own), contents(own)];
    for (const one of [window, other]) trustWindow(one as unknown as WebContents);
    expect(isTrustedSender(event(window, other.mainFrame))).toBe(false);
  });
});

test('our own pages are ours whatever file, query or fragment they name', () => {
  for (const url of [own, 'app://cairn/', 'app://cairn/index.html?x#y', 'app://cairn/assets/a.js'])
    expect(isOwnPage(url)).toBe(true);
});
