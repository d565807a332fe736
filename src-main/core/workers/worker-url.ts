const fromSource = import.meta.url.endsWith('.ts');

/**
 * Where the built entry of a worker thread is: beside the bundle that runs, or, when the sources run under the test runner,
 * in the built app.
 * @param name the worker's file name without its ending, such as `integrity-worker`
 */
export function workerUrl(name: string): URL {
  return new URL(
    fromSource ? `../../../app/main/workers/${name}.js` : `./workers/${name}.js`,
    import.meta.url,
  );
}
