import { app, dialog, type Session, type WebContents } from 'electron';
import { createLimit } from './create-limit.ts';
import { isOwnPage, pageScheme } from './page-origin.ts';

/**
 * No name is looked up and no proxy searched for, whoever asks: not even what Chromium wants of its own accord. The filter of
 * requests below does not see that. To be called before the app is ready.
 */
export function hardenNetwork(): void {
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND, EXCLUDE 127.0.0.1');
  app.commandLine.appendSwitch('no-proxy-server');
  app.commandLine.appendSwitch('disable-background-networking');
}

/** Nothing but our own pages is loaded, and no page is granted anything, in this session. */
export function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    console.error(`refused permission ${permission}`);
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isAllowedRequest(url) }));
  // Else Chromium asks Google for a list of words as soon as somebody writes.
  session.setSpellCheckerEnabled(false);
  session.setSpellCheckerLanguages([]);
  session.on('will-download', (event) => event.preventDefault());
}

/** Every web contents, whoever makes it: it stays where it is, opens nothing and embeds nothing. */
export function hardenContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    const block = (what: string) => (event: { preventDefault(): void }) => {
      console.error(`blocked ${what}`);
      event.preventDefault();
    };
    contents.on('will-navigate', block('navigation'));
    contents.on('will-frame-navigate', block('frame navigation'));
    contents.on('will-redirect', block('redirect'));
    contents.on('will-attach-webview', block('webview'));
    contents.setWindowOpenHandler(() => {
      console.error('blocked a new window');
      return { action: 'deny' };
    });
  });
}

/** Own pages, the images they draw themselves, and the developer tools where those exist. */
function isAllowedRequest(url: string): boolean {
  const scheme = URL.canParse(url) ? new URL(url).protocol : '';
  return scheme === `${pageScheme}:`
    ? isOwnPage(url)
    : scheme === 'data:' || (!app.isPackaged && scheme === 'devtools:');
}

/** A page that crashed is shown anew, unless it does nothing but crash; what was open is still open in main. */
export function reloadAfterCrash(contents: WebContents): void {
  const mayReload = createLimit(3, 60_000);
  contents.on('render-process-gone', (_event, { reason }) => {
    console.error(`the window's page stopped: ${reason}`);
    if (reason === 'clean-exit' || contents.isDestroyed()) return;
    if (mayReload()) contents.reload();
    else void sayThatItKeepsStopping(reason);
  });
}

function sayThatItKeepsStopping(reason: string): Promise<unknown> {
  return dialog.showMessageBox({
    type: 'error',
    message: 'The window keeps stopping',
    detail: `Its page stopped four times within a minute (${reason}). No run was changed. Quit Cairn and start it again.`,
  });
}
