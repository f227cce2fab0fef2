import { z } from 'zod';
import { type CallerIds, type Doer, idsOf } from '../answering/caller.ts';

/** What a field holds; which property it stands in depends on the kind of field. */
const choiceSchema = z.object({ value: z.string().nullish() });
const fieldSchema = z.object({
  value: z.string().nullish(),
  selected_conversation: z.string().nullish(),
  selected_time: z.string().nullish(),
  selected_option: choiceSchema.nullish(),
  selected_options: z.array(choiceSchema).nullish(),
});
export type Field = z.infer<typeof fieldSchema>;

const stateSchema = z.object({ values: z.record(z.string(), z.record(z.string(), fieldSchema)) });
/** What stands in the fields of a view: by block, then by action. */
export type State = z.infer<typeof stateSchema>['values'];

const viewSchema = z.object({
  id: z.string(),
  app_installed_team_id: z.string().nullish(),
  private_metadata: z.string().nullish(),
  state: stateSchema.nullish(),
  blocks: z.array(z.unknown()).nullish(),
});
export type GivenView = z.infer<typeof viewSchema>;

/** What every payload says of who did it; the team is null where a whole organisation has installed us. */
const common = {
  team: z.object({ id: z.string() }).nullish(),
  user: z.object({ id: z.string(), team_id: z.string().nullish() }),
  trigger_id: z.string().nullish(),
};

const actionSchema = fieldSchema.extend({ action_id: z.string(), block_id: z.string().nullish() });
export type Action = z.infer<typeof actionSchema>;

/** `block_actions` (docs.slack.dev/reference/interaction-payloads/block_actions-payload, 2026-11-26). */
const pressSchema = z.object({
  ...common,
  channel: z.object({ id: z.string() }).nullish(),
  view: viewSchema.nullish(),
  actions: z.tuple([actionSchema], actionSchema),
});
/** `view_submission` (docs.slack.dev/reference/interaction-payloads/view-interactions-payload, 2026-11-26). */
const submissionSchema = z.object({ ...common, view: viewSchema });
/** `block_suggestion` (docs.slack.dev/reference/interaction-payloads/block_suggestion-payload, 2026-11-26). */
const suggestionSchema = z.object({
  ...common,
  view: viewSchema.pick({ app_installed_team_id: true }).nullish(),
  action_id: z.string(),
  value: z.string(),
});

/** What was done, and who did it where. */
interface Done {
  ids: CallerIds;
  /** Opens a view within 3 s; absent where Slack gave none. */
  trigger?: string;
}
export type Press = Done & { action: Action; view?: GivenView };
export type Submission = Done & { view: GivenView };
export type Suggestion = Done & { actionId: string; typed: string };

/** Errors of each reader: `ZodError` for what Slack does not send. */
export function readPress(body: unknown): Press {
  const press = pressSchema.parse(body);
  const { actions, view, channel } = press;
  return { ...doneBy(press, channel?.id), action: actions[0], ...(view ? { view } : {}) };
}

export function readSubmission(body: unknown): Submission {
  const submission = submissionSchema.parse(body);
  return { ...doneBy(submission), view: submission.view };
}

export function readSuggestion(body: unknown): Suggestion {
  const suggestion = suggestionSchema.parse(body);
  return { ...doneBy(suggestion), actionId: suggestion.action_id, typed: suggestion.value };
}

const triggerSchema = z.object({ trigger_id: z.string() });

/** What opens a view, of whatever was done. Errors: `ZodError` for what can open none. */
export function readTrigger(body: unknown): string {
  return triggerSchema.parse(body).trigger_id;
}

/** In a view nobody is in a channel: whoever did it is meant. */
function doneBy(doer: Doer & { trigger_id?: string | null | undefined }, channel?: string): Done {
  const { user, trigger_id: trigger } = doer;
  const ids = idsOf(doer, channel ?? `@${user.id}`);
  return { ids, ...(typeof trigger === 'string' ? { trigger } : {}) };
}
