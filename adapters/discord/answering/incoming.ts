import { ApplicationCommandType, InteractionType } from 'discord.js';
import { z } from 'zod';

/** Where an interaction is answered. */
const address = { id: z.string(), application_id: z.string(), token: z.string() };
export const addressSchema = z.object(address);

/** What every interaction says: who gave it, where, and how it is answered. */
const common = {
  ...address,
  /** Absent outside servers. */
  guild_id: z.string().optional(),
  channel_id: z.string().optional(),
  locale: z.string().optional(),
  /** In servers. */
  member: z
    .object({ user: z.object({ id: z.string() }), permissions: z.string().regex(/^\d{1,20}$/) })
    .optional(),
  /** Outside them. */
  user: z.object({ id: z.string() }).optional(),
  /** Whose installation it came through: `0` the server's, `1` the member's. */
  authorizing_integration_owners: z.record(z.string(), z.string()).optional(),
};

/** An option as given: a value, or, for a group or a command in it, what was said there. */
const optionSchema = z.object({
  name: z.string(),
  type: z.number(),
  value: z.union([z.string(), z.number(), z.boolean()]).optional(),
  focused: z.boolean().optional(),
  get options(): z.ZodOptional<z.ZodArray<typeof optionSchema>> {
    return z.array(optionSchema).optional();
  },
});
export type GivenOption = z.infer<typeof optionSchema>;

/** What is read of a message that a person points at: words and addresses, wherever they stand. */
const textSchema = z.string().nullish();
const textsSchema = z.object({
  content: textSchema,
  embeds: z
    .array(
      z.object({
        url: textSchema,
        title: textSchema,
        description: textSchema,
        fields: z.array(z.object({ name: textSchema, value: textSchema })).nullish(),
      }),
    )
    .nullish(),
  components: z.array(z.unknown()).nullish(),
});
export type MessageTexts = z.infer<typeof textsSchema>;
const targetSchema = textsSchema.extend({
  /** A forwarded message stands here, and not in the message itself. */
  message_snapshots: z.array(z.object({ message: textsSchema })).nullish(),
});
export type TargetMessage = z.infer<typeof targetSchema>;

const slashData = z.object({
  type: z.literal(ApplicationCommandType.ChatInput),
  name: z.string(),
  options: z.array(optionSchema).optional(),
});
const targetData = z.object({
  type: z.literal(ApplicationCommandType.Message),
  target_id: z.string(),
  resolved: z.object({ messages: z.record(z.string(), targetSchema) }),
});
const pressData = z.object({ custom_id: z.string(), values: z.array(z.string()).optional() });

/** An interaction as the gateway brings it (developers/interactions, 2026-08-06): those kinds that we make. */
export const interactionSchema = z.discriminatedUnion('type', [
  z.object({
    ...common,
    type: z.literal(InteractionType.ApplicationCommand),
    data: z.discriminatedUnion('type', [slashData, targetData]),
  }),
  z.object({
    ...common,
    type: z.literal(InteractionType.MessageComponent),
    data: pressData,
    /** The message that was pressed on. */
    message: z.object({
      id: z.string(),
      flags: z.number().optional(),
      components: z.array(z.unknown()).optional(),
    }),
  }),
  z.object({
    ...common,
    type: z.literal(InteractionType.ApplicationCommandAutocomplete),
    data: slashData,
  }),
]);
export type Address = z.infer<typeof addressSchema>;
export type Interaction = z.infer<typeof interactionSchema>;
export type Press = Extract<Interaction, { type: InteractionType.MessageComponent }>;
export type Slash = z.infer<typeof slashData>;
export type Target = z.infer<typeof targetData>;
