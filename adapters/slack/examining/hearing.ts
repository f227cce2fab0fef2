import { z } from 'zod';
import type { Clock } from '../../../src/clock.ts';
import { type Finding, fine, warning, wrong } from '../../../src/finding.ts';
import type { Hearing } from '../gateway/bolt.ts';
import { EVENTS_PATH } from '../gateway/hearing.ts';
import type { createCall } from '../posting/call.ts';
import { read } from '../posting/failures.ts';
import { greetingAt } from './greeting.ts';
import { refusalOf } from './refusal.ts';

export interface HearingDependencies {
  call: ReturnType<typeof createCall>;
  hearing: Hearing;
  publicUrl?: string;
  /** Posts something that nobody has signed. Out: the status. Rejects where nobody answers. */
  knock: (url: string) => Promise<number>;
  clock: Clock;
}

const NEW_APP_TOKEN =
  'Make one under Basic Information, App-Level Tokens, with the scope connections:write, and put it into SLACK_APP_TOKEN.';
/** Connections of one app that Slack holds at once (docs.slack.dev/apis/events-api/using-socket-mode, 2026-11-23). */
const MOST_CONNECTIONS = 10;

const openedSchema = z.object({ url: z.string() });

/** Whether what happens on Slack reaches this bot. Errors: those of `call`. */
export async function ofHearing(given: HearingDependencies): Promise<Finding[]> {
  const { hearing } = given;
  if (hearing.kind === 'socket') return await ofSocket(hearing.appToken, given);
  return [...ofSecret(hearing.signingSecret), await ofAddress(given)];
}

async function ofSocket(appToken: string, { call, clock }: HearingDependencies): Promise<Finding[]> {
  let url: string;
  try {
    const { data } = await call({ method: 'apps.connections.open', args: {}, token: appToken, channel: '' });
    url = read(openedSchema, data, { channel: '' }).url;
  } catch (error) {
    const code = refusalOf(error);
    if (code === undefined) throw error;
    return [wrong(`Slack opens no connection for the app token (${code}).`, NEW_APP_TOKEN)];
  }
  const taken = fine('Slack takes the app token.');
  try {
    return [taken, ofOthers((await greetingAt(url, clock)).connections)];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const mend = 'Does a proxy or a firewall keep this machine from WebSockets to Slack (wss, port 443)?';
    return [taken, wrong(`No connection to Slack opens. ${reason}`, mend)];
  }
}

function ofOthers(connections = 1): Finding {
  const others = connections - 1;
  const sentence = `A connection to Slack opens; ${others === 0 ? 'no other stands: no bot is running' : `${others} more stand: the bot is running`}.`;
  if (connections < MOST_CONNECTIONS) return fine(sentence);
  return warning(sentence, `Slack holds ${MOST_CONNECTIONS} at most; end the bots that you do not need.`);
}

function ofSecret(signingSecret: string): Finding[] {
  if (/^[0-9a-f]{32}$/.test(signingSecret))
    return [fine('What Slack tells is signed; the signing secret is set.')];
  const sentence = 'SLACK_SIGNING_SECRET does not look like one: 32 digits and letters from a to f.';
  return [warning(sentence, 'Copy the Signing Secret of Basic Information, App Credentials.')];
}

async function ofAddress({ publicUrl, knock }: HearingDependencies): Promise<Finding> {
  if (publicUrl === undefined) {
    const sentence = 'Whether Slack reaches this bot cannot be looked at: PUBLIC_URL is not set.';
    return warning(sentence, 'Set it to the https address at which the world reaches HTTP_PORT.');
  }
  const url = `${publicUrl}${EVENTS_PATH}`;
  if (!url.startsWith('https://')) {
    const sentence = `Slack does not call ${url}: it calls https addresses only.`;
    return wrong(
      sentence,
      'Put a proxy with a certificate before this bot, and its address into PUBLIC_URL.',
    );
  }
  const mend = `Is the bot running, and does the proxy before it pass /slack/ on to HTTP_PORT as it is?`;
  try {
    const status = await knock(url);
    if (status === 401) return fine(`${url} answers, and takes nothing that Slack has not signed.`);
    return wrong(`${url} answers ${status}, where this bot answers 401 to what is not signed.`, mend);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return wrong(`${url} cannot be reached from here. ${reason}`, mend);
  }
}
