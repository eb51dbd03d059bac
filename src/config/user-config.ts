import { z } from "zod";
import { FINDING_SEVERITIES, LEAF_EFFECTS, MODULE_CHANGE_CODES, MODULE_KINDS, VERDICTS } from "../model/index.ts";

/** What `seamcut.config.json` may hold. Unknown keys are errors: a typo must not be ignored silently. */
export const userConfigSchema = z.strictObject({
  $schema: z.string().optional(),
  tsconfig: z.string().optional(),
  files: z.array(z.string()).optional(),
  modules: z.array(z.string()).optional(),
  kinds: z.record(z.string(), z.enum(MODULE_KINDS)).optional(),
  overrides: z
    .array(z.strictObject({ match: z.string().min(1), verdict: z.enum(VERDICTS), reason: z.string().min(1) }))
    .optional(),
  leaves: z
    .array(
      z.strictObject({
        match: z.string().min(1),
        effect: z.enum(LEAF_EFFECTS),
        refuses: z.boolean().optional(),
        reason: z.string().min(1),
      }),
    )
    .optional(),
  keep: z
    .array(z.strictObject({ match: z.string().min(1), reason: z.string().min(1), until: z.iso.date().optional() }))
    .optional(),
  severities: z
    .array(
      z
        .strictObject({
          code: z.enum(MODULE_CHANGE_CODES).optional(),
          from: z.string().optional(),
          to: z.string().optional(),
          kind: z.enum(MODULE_KINDS).optional(),
          verdict: z.enum(VERDICTS).optional(),
          severity: z.enum([...FINDING_SEVERITIES, "off"]),
        })
        .refine((rule) => rule.code === undefined || !(rule.from ?? rule.to ?? rule.verdict), {
          message: "a rule with a code is about modules: from, to and verdict are about calls",
        }),
    )
    .optional(),
  runtime: z.string().optional(),
  baseline: z.string().optional(),
});

export type UserConfig = z.infer<typeof userConfigSchema>;
