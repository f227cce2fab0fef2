import { z } from 'zod';

/**
 * An installation as `@slack/oauth` hands it over and takes it back (its `Installation`, 4.0.0), as far as we use it; the
 * rest is kept beside it.
 */
export const installationSchema = z.looseObject({
  team: z.looseObject({ id: z.string().min(1) }),
  user: z.looseObject({ id: z.string().optional() }),
  bot: z.looseObject({
    token: z.string().min(1),
    userId: z.string().min(1),
    refreshToken: z.string().optional(),
    /** When the token ends, in seconds since 1970; absent where tokens do not rotate. */
    expiresAt: z.number().optional(),
  }),
});
export type SlackInstallation = z.infer<typeof installationSchema>;
