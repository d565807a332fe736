/** What Ray Tune writes with every result that measures nothing of the model: settings, and where and when it ran. */
const leftOut =
  /^(?:config(?:\/|$)|pid$|node_ip$|hostname$|date$|timestamp$|trial_id$|experiment_id$|experiment_tag$|done$|time_since_restore$|timesteps_since_restore$|iterations_since_restore$)/;

/** Whether a name of a log says how it was trained, and not how well. */
export function isLeftOut(name: string): boolean {
  return leftOut.test(name);
}
