import { z } from 'zod';
import { explainIssue } from '../../../shared/model/explain-issue.ts';
import { UsageError } from '../errors.ts';

/** When a training saves and when it should stop. A rule that is null asks for nothing. */
export const trainingRulesSchema = z.strictObject({
  /** A checkpoint once training has come so many steps further than at the last one. */
  checkpointEverySteps: z.number().int().positive().nullable().default(null),
  checkpointEveryMinutes: z.number().positive().nullable().default(null),
  /** A best model whenever the metric that ranks the run is better than of any version before, by so much at least. */
  saveBest: z.boolean().default(true),
  minImprovement: z.number().nonnegative().default(0),
  /** Training should stop after so many updates that measured that metric and were no improvement, those before a resume included. */
  patience: z.number().int().positive().nullable().default(null),
  /** Whether it should stop once a save has failed. */
  stopOnFailedSave: z.boolean().default(false),
});

export type TrainingRules = z.infer<typeof trainingRulesSchema>;
export type GivenRules = z.input<typeof trainingRulesSchema>;

/** The rules with their defaults. @throws UsageError with all that is wrong with them */
export function trainingRules(given: GivenRules = {}): TrainingRules {
  const { data, error } = trainingRulesSchema.safeParse(given, { error: explainIssue });
  if (data) return data;
  const faults = error.issues.map(({ path, message }) => [...path, message].join(': ')).join('; ');
  throw new UsageError(`these are no rules for a training — ${faults} — correct them`);
}
