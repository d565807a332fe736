/** How the built entries of worker threads are reached from here: from the sources, under the test runner; from a thread; from a program. */
const way = wayFrom(import.meta.url);

/**
 * Where the built entry of a worker thread is: beside the bundle that runs, or, when the sources run under the test runner,
 * in the built app.
 * @param name the worker's file name without its ending, such as `integrity-worker`
 */
export function workerUrl(name: string): URL {
  return new URL(`${way}/${name}.js`, import.meta.url);
}

function wayFrom(url: string): string {
  if (url.endsWith('.ts')) return '../../../app/main/workers';
  return /\/workers\/[^/]*$/.test(url) ? '.' : './workers';
}
