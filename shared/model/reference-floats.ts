/** The keys of metadata and training state that hold floats, or a list of them, in the reference: whole numbers too. */
export const referenceFloats: ReadonlySet<string> = new Set([
  ...['reward', 'day_quality'],
  ...['current_lr', 'best_reward', 'recent_rewards', 'wall_time_seconds'],
]);
