import { z } from 'zod';

/**
 * An event in its envelope. In channels that several workspaces share, the one in which we hear it is the one that
 * authorised us, not the one where it happened (docs.slack.dev/apis/events-api, 2026-11-23).
 */
export const envelopeSchema = z
  .looseObject({
    team_id: z.string(),
    authorizations: z.array(z.object({ team_id: z.string().nullish() })).optional(),
    event: z.looseObject({ type: z.string() }),
  })
  .transform((envelope) => ({
    ...envelope,
    team_id: envelope.authorizations?.[0]?.team_id ?? envelope.team_id,
  }));
