import type { Clock } from '../../../src/clock.ts';
import type { Installations } from '../../../src/installations.ts';
import type { Log } from '../../../src/log.ts';
import type { createCall } from '../posting/call.ts';
import { createManyTokens, type ManyTokens } from './many-tokens.ts';
import { createOneToken, type OneToken } from './one-token.ts';
import type { Tokens } from './tokens.ts';

/** The token of one workspace that made the app for itself, or those of each that installs it by OAuth. */
export type TokensConfig =
  | { kind: 'one'; botToken: string }
  | { kind: 'many'; clientId: string; clientSecret: string; stateSecret?: string };

export interface InstallingConfig {
  tokens: TokensConfig;
  installations: Installations;
  call: ReturnType<typeof createCall>;
  /** Slack says that a workspace has uninstalled us. */
  onLost: (workspace: string) => Promise<void>;
  clock: Clock;
  log: Log;
}

/** The tokens, and which of both kinds they are. */
export type Installing = { tokens: Tokens } & (
  | { kind: 'one'; one: OneToken }
  | { kind: 'many'; many: ManyTokens }
);

export function createInstalling(config: InstallingConfig): Installing {
  const { tokens } = config;
  if (tokens.kind === 'one') {
    const one = createOneToken({ ...config, botToken: tokens.botToken });
    return { kind: 'one', one, tokens: one };
  }
  const many = createManyTokens({ ...config, ...tokens });
  return { kind: 'many', many, tokens: many };
}
