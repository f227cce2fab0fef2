import { z } from 'zod';

/** Who did it; `team_id` is another one's for a member of another team in a channel that both share. */
const userSchema = z.object({ id: z.string(), team_id: z.string().nullish() });
const common = {
  /** Null where a whole organisation has installed us. */
  team: z.object({ id: z.string() }).nullish(),
  user: userSchema,
  trigger_id: z.string().optional(),
  api_app_id: z.string().optional(),
};

/** A slash command (docs.slack.dev/interactivity/implementing-slash-commands, 2026-11-26). */
export const slashSchema = z.object({
  team_id: z.string(),
  channel_id: z.string(),
  user_id: z.string(),
  text: z.string().default(''),
  api_app_id: z.string().optional(),
});

const viewSchema = z.object({
  id: z.string(),
  callback_id: z.string().default(''),
  private_metadata: z.string().default(''),
  app_installed_team_id: z.string().nullish(),
  /** By block, then by field. */
  state: z
    .object({
      values: z.record(z.string(), z.record(z.string(), z.looseObject({ value: z.string().nullish() }))),
    })
    .nullish(),
});
export type View = z.infer<typeof viewSchema>;

/** What was pressed or chosen; `readAction` reads the rest of it. */
const actionSchema = z.looseObject({
  type: z.string().optional(),
  action_id: z.string(),
  value: z.string().nullish(),
  url: z.string().nullish(),
});
export type PressedAction = z.infer<typeof actionSchema>;

/** A press (docs.slack.dev/reference/interaction-payloads/block_actions-payload, 2026-11-26). */
export const pressSchema = z.object({
  ...common,
  channel: z.object({ id: z.string() }).nullish(),
  container: z
    .object({
      message_ts: z.string().optional(),
      thread_ts: z.string().optional(),
      channel_id: z.string().optional(),
      is_ephemeral: z.boolean().optional(),
    })
    .nullish(),
  view: viewSchema.nullish(),
  actions: z.tuple([actionSchema], actionSchema),
});
export type Press = z.infer<typeof pressSchema>;

/** A shortcut of the whole team, or one on a message. */
export const shortcutSchema = z.object({
  ...common,
  callback_id: z.string(),
  channel: z.object({ id: z.string() }).nullish(),
  message: z.unknown().optional(),
});

/** A modal that was submitted. */
export const submissionSchema = z.object({ ...common, view: viewSchema });

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
