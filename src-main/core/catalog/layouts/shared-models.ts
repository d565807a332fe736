/** Whether an id is that of a model of stable-baselines3 right in its run. */
export function isModelOfRun(id: string): boolean {
  return !id.includes('/') && id.endsWith('.zip');
}
