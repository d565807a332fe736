/**
 * Loaded into the app before its own code, with `electron -r`: lets it start only when the driver is attached and calls
 * `__playwright_run`. A driver that attaches while the first page is being loaded waits for that page for ever, once in a
 * hundred starts.
 */
const { app } = require('electron');

process.argv.splice(process.argv.indexOf('-r'), 2);

const ready = app.whenReady();
const driven = new Promise((resolve) => {
  globalThis.__playwright_run = () => ready.then(resolve);
});
app.whenReady = () => driven;
