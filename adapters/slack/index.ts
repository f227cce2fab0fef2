import type { Adapter } from '../../src/adapter.ts';
import type { Clock } from '../../src/clock.ts';
import { ConfigError } from '../../src/errors.ts';
import type { Installations } from '../../src/installations.ts';
import type { Log } from '../../src/log.ts';

export interface SlackAdapterConfig {
  /** Base address of the Web API, with a slash at the end. */
  apiUrl: string;
  hearing: { kind: 'socket'; appToken: string } | { kind: 'http'; signingSecret: string };
  tokens:
    | { kind: 'one'; botToken: string }
    | { kind: 'many'; clientId: string; clientSecret: string; stateSecret?: string };
  /** Where the world reaches the one port, without a slash at the end. */
  publicUrl?: string;
  clock: Clock;
  log: Log;
  installations: Installations;
  /** Takes paths of the one port. */
  route(
    prefix: string,
    listener: (
      request: import('node:http').IncomingMessage,
      response: import('node:http').ServerResponse,
    ) => void | Promise<void>,
  ): void;
}

/** Brings editions to Slack and answers people there. Errors: `ConfigError`. */
export function createSlackAdapter(_config: SlackAdapterConfig): Adapter {
  throw new ConfigError([{ variable: 'SLACK_BOT_TOKEN', problem: 'this version has no Slack in it.' }]);
}
