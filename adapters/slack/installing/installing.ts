import type { Clock } from '../../../src/clock.ts';
import type { Installations } from '../../../src/installations.ts';
import type { Log } from '../../../src/log.ts';
import type { createCall } from '../posting/call.ts';
import { createKeeping, type Keeping } from './keeping.ts';
import { createManyTokens, type ManyTokens, type OnGone } from './many-tokens.ts';
import { createOneToken, type OneToken } from './one-token.ts';
import type { Tokens } from './tokens.ts';

/** The token of one workspace that made the app for itself, or those of each that installs it by OAuth. */
export type TokensConfig =
  | { kind: 'one'; botToken: string }
  | { kind: 'many'; clientId: string; clientSecret: string; stateSecret?: string };

export interface InstallingConfig {
  tokens: TokensConfig;
  installations: Installations;
  /** Where people reach this bot. */
  publicUrl?: string | undefined;
  call: ReturnType<typeof createCall>;
  /** Slack takes a token of a workspace no more. Must not reject. */
  onGone: OnGone;
  /** Is told what only the operator can mend, and undefined once it is mended. Must not throw. */
  onTrouble: (trouble: string | undefined) => void;
  clock: Clock;
  log: Log;
}

/** The tokens, and which of both kinds they are. */
export type Installing = {
  tokens: Tokens;
  /** Writes what the store could not take yet. Never rejects. */
  settle(): Promise<void>;
} & ({ kind: 'one'; one: OneToken } | { kind: 'many'; many: ManyTokens; keeping: Keeping });

export function createInstalling(config: InstallingConfig): Installing {
  const { tokens } = config;
  if (tokens.kind === 'one') {
    const one = createOneToken({ ...config, botToken: tokens.botToken });
    return { kind: 'one', one, tokens: one, async settle() {} };
  }
  const keeping = createKeeping(config);
  const many = createManyTokens({ ...config, ...tokens, keeping });
  return { kind: 'many', many, keeping, tokens: many, settle: keeping.settle };
}
