// Starts the app, bringing this machine to where it can run first: npm start [-- RUN…] [--screenshot FILE] [--logs]
import { launchApp, needsNoSandbox } from './launch/launch-app.mjs';
import { readArguments } from './launch/read-arguments.mjs';
import { sourcesChanged } from './launch/watch-sources.mjs';
import { openDisplay } from './setup/display.mjs';
import { prepare } from './setup/prepare.mjs';
import { runScript, say, step } from './setup/report.mjs';

/** npm runs scripts in the checkout; this is where the person is. */
const { INIT_CWD: cwd = process.cwd() } = process.env;

const help = `npm start [-- RUN…]                  sets up what is missing, builds, opens the window on these runs or checkpoints
npm start -- --screenshot FILE RUN   writes a picture of it as PNG, and ends
npm start -- --logs RUN              shows all that the runtime says too
npm start -- --dev RUN               builds and starts again whenever a source changes
`;

await runScript(async () => {
  const asked = readArguments(process.argv.slice(2), cwd);
  if (asked.help) {
    process.stdout.write(help);
    return 0;
  }
  const runtime = await prepare();
  const { buildApp, isAppStale } = await import('./bundle/build-app.mjs');
  if (await isAppStale()) await step('Building app/', buildApp);
  const display = await openDisplay();
  explain(display.virtual, asked.screenshot);
  try {
    const launch = { runtime, args: asked.forwarded, env: display.env, cwd, logs: asked.logs };
    return await (asked.dev ? runAgainOnChange(launch, buildApp) : run(launch));
  } finally {
    await display.close();
  }
});

/** @param {boolean} virtual @param {string | undefined} screenshot */
function explain(virtual, screenshot) {
  if (needsNoSandbox()) say("· Running as root: Chromium's sandbox is off (--no-sandbox).");
  if (!virtual) return;
  const hint = screenshot === undefined ? ' For a picture: npm start -- --screenshot out.png RUN' : '';
  say(`· No display here: the window opens on a virtual one (Xvfb).${hint}`);
}

/**
 * @param {import('./launch/launch-app.mjs').Launch} launch
 * @param {Promise<void>} [replaced] the app is ended when this resolves
 * @returns {Promise<number>} the app's exit code
 */
async function run(launch, replaced) {
  const app = launchApp(launch);
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  for (const signal of signals) process.on(signal, app.stop);
  replaced?.then(() => app.stop('SIGTERM'));
  const code = await app.exited;
  for (const signal of signals) process.off(signal, app.stop);
  return code;
}

/** @param {import('./launch/launch-app.mjs').Launch} launch @param {() => Promise<void>} build */
async function runAgainOnChange(launch, build) {
  for (;;) {
    const watching = new AbortController();
    let rebuilt = false;
    const rebuilding = sourcesChanged(watching.signal).then(async () => {
      await step('A source changed: building app/', build).catch((error) => say(error.message));
      rebuilt = true;
    });
    const code = await run(launch, rebuilding);
    watching.abort();
    if (!rebuilt) return code;
  }
}
