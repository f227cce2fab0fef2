import { z } from 'zod';
import type { Installing } from './installing.ts';
import type { OnGone } from './many-tokens.ts';
import { createManyWorkspaces, type ManyWorkspacesDependencies } from './many-workspaces.ts';
import { createOneWorkspace } from './one-workspace.ts';

export interface MembershipDependencies extends Omit<ManyWorkspacesDependencies, 'many' | 'keeping'> {
  installing: Installing;
}

/** Which workspaces have us: since when, and until when. */
export interface Membership {
  /**
   * Lets workspaces install us, or makes sure of the one whose token we have; goes on trying where Slack cannot be reached
   * now. Errors: `ConfigError` for what only a person can mend.
   */
  start(): Promise<void>;
  /** What the envelope holds; any other event is let be. Never rejects. */
  onEvent(event: unknown, workspace: string): Promise<void>;
  /** Slack takes a token of a workspace no more. Never rejects. */
  gone: OnGone;
}

/** `app_uninstalled` and `tokens_revoked` (docs.slack.dev/reference/events, 2026-11-23). */
const goneSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('app_uninstalled') }),
  z.object({
    type: z.literal('tokens_revoked'),
    /** By kind; those of the bot are what we live by. */
    tokens: z.object({ bot: z.array(z.string()).min(1) }),
  }),
]);

export function createMembership(dependencies: MembershipDependencies): Membership {
  const { installing } = dependencies;
  const { start, told, gone } =
    installing.kind === 'one'
      ? // Its token is the operator's: nothing is erased, and whoever is asked says so.
        { ...createOneWorkspace({ ...dependencies, ...installing }), gone: async () => {} }
      : createManyWorkspaces({ ...dependencies, ...installing });
  return {
    start,
    gone,
    async onEvent(event, workspace) {
      // An event may be told minutes later, when it was installed again: only Slack's answer counts.
      if (goneSchema.safeParse(event).success) await told(workspace);
    },
  };
}
