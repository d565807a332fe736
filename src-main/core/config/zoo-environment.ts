const numbered = /^(.+)_\d+(?:_[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})?$/s;

/**
 * The environment that a run's folder is named after, `{env}_{run}`, with `_{uuid}` where that was asked for; null for any other name.
 * rl_zoo3/exp_manager.py
 */
export function environmentOf(folder: string): string | null {
  const [, environment = null] = numbered.exec(folder) ?? [];
  return environment === '.' || environment === '..' ? null : environment;
}
