import type { Clock } from '../../../src/clock.ts';
import type { Switches } from '../listener.ts';
import type { Fault, Frequency } from './faults.ts';
import type { Hearing } from './hearing.ts';
import type { LimitOptions } from './limits.ts';
import type { Person } from './person.ts';
import type { Places } from './places.ts';
import type { Specs } from './schemas.ts';
import type { Message, MessageNews, Shape, Team } from './state.ts';
import type { Teams } from './teams.ts';

export type { Answer } from './answer.ts';
export type { Fault, Frequency } from './faults.ts';
export type { Endpoint, Hearing, Told } from './hearing.ts';
export type { LimitOptions } from './limits.ts';
export type { Person } from './person.ts';
export { readSpecs, type Specs } from './schemas.ts';
export { USUAL_SCOPES } from './scopes.ts';
export { startSlack } from './start.ts';
export type { Channel, Message, Shape, Team, View } from './state.ts';
export { messageText, viewText } from './text.ts';

export interface SlackOptions {
  /** Default 0: any free one. */
  port?: number;
  /** Whose time everything follows: deadlines, limits, `ts`, the `Date` of answers. Default the machine's. */
  clock?: Clock;
  /** Default: Slack's tiers, one message a second and channel, 300 a minute and workspace; `false` for none. */
  limits?: LimitOptions;
  /** How often an open connection is pinged by the machine's time; default 10 s, 0 for never. */
  pingMs?: number;
  /** How long after the failure before an event goes again, by the fake's clock; default at once, 1 min, 5 min. */
  redeliverAfterMs?: readonly number[];
  /** How long an acknowledgement is waited for; default three seconds. */
  ackWithinMs?: number;
  /** The descriptions that everything is held to; default those of `../shared`, `false` for none. */
  specs?: Specs | false;
  /** Scopes of the first workspace; default `USUAL_SCOPES`. */
  scopes?: readonly string[];
  /** The first workspace has the app; default true. */
  isInstalled?: boolean;
  /** Tokens that come by OAuth last 12 hours and are refreshed; default false. */
  rotatesTokens?: boolean;
  /** Events that the app is subscribed to; default all that this fake knows, `message.*` aside. */
  events?: readonly string[];
  /** Domains whose links are told; default `arxiv.org`, `huggingface.co`, `hf.co`. */
  unfurlDomains?: readonly string[];
  /** How long a message may be edited; default for ever. Later: `edit_window_closed`. */
  editWindowMs?: number;
}

/** A call as it came. */
export interface SeenRequest {
  /** `chat.postMessage`; `response_url` and `upload` for what goes to such an address. */
  method: string;
  /** Arguments, those in JSON read; without the token. */
  args: Shape;
  /** Whose token it was. */
  team: Team | undefined;
  /** When it came, by the fake's clock. */
  atMs: number;
  /** The status that was answered; absent when nothing was. */
  status?: number;
  /** Slack's word for a refusal. */
  error?: string;
  token: string | undefined;
}

/**
 * Slack on the loopback interface: Web API, Socket Mode, signed HTTP, OAuth and people. An unmodified Bolt connects to it:
 *
 * ```ts
 * const fake = await startSlack({ clock, limits: false });
 * const app = new App({
 *   token: fake.botToken,
 *   appToken: fake.appToken,
 *   socketMode: true,
 *   clientOptions: { slackApiUrl: fake.apiUrl },
 * });
 * await app.start();
 * const channel = fake.addChannel({ name: 'papers' });
 * const ada = fake.addPerson({ name: 'Ada', role: 'admin' });
 * const answer = await ada.slash(channel, '/paper today');
 * expect(answer.ackedAfterMs).toBeLessThan(3000);
 * const [message] = await answer.whenMessages();
 * expect(messageText(message)).toContain('…');
 * const form = await (await ada.press(message, 'Add a feed')).whenView();
 * const { errors } = await ada.submit(form, { Channel: channel, Time: '09:00' });
 * fake.fail('chat.postMessage', { kind: 'cut-after' }, { times: 1 });
 * expect(fake.problems).toEqual([]);
 * expect(fake.ownProblems).toEqual([]);
 * await fake.stop();
 * ```
 *
 * By HTTP: `fake.http('http://127.0.0.1:3000/slack/events')` with `fake.signingSecret`. By OAuth, with
 * `authorizationUrl: fake.authorizeUrl`: `await fake.install('http://127.0.0.1:3000/slack/install', { by: ada })`.
 *
 * What a client sends wrong is refused as Slack would and kept in `problems`; what this fake itself sends wrong, in
 * `ownProblems`.
 */
export interface FakeSlack extends Teams, Places, Hearing, Switches {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  /** `SLACK_API_URL`: `http://127.0.0.1:PORT/api/`. */
  readonly apiUrl: string;
  /** Where OAuth begins: `http://127.0.0.1:PORT/oauth/v2/authorize`. */
  readonly authorizeUrl: string;
  /** `SLACK_BOT_TOKEN` of the first workspace. */
  readonly botToken: string;
  /** `SLACK_APP_TOKEN`. */
  readonly appToken: string;
  readonly signingSecret: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly appId: string;
  /** Every call since the start or the last `forget`, in order of arrival. */
  readonly requests: readonly SeenRequest[];
  /** How many there were of a method, or of all; of one workspace, if it is named. */
  count(method?: string, team?: Team): number;
  readonly problems: readonly string[];
  readonly ownProblems: readonly string[];
  /** Breaks calls of a method, or of any (`*`); the rule set first strikes first. What is given back mends it. */
  fail(method: string, fault: Fault, frequency?: Frequency): () => void;
  /** Mends every fault. */
  mend(): void;
  /** Forgets the calls seen. */
  forget(): void;
  /** Sets Slack's clock ahead of the given one, or behind it when negative. */
  skew(byMs: number): void;
  /** Waits until something holds, looking at every call, answer, message, view and acknowledgement. */
  until(holds: () => boolean): Promise<void>;
  /** Is told of every message, ephemeral ones too; the function that is given back ends it. */
  onMessage(listener: (message: Message, what: MessageNews) => void): () => void;
  /**
   * Installs as a browser does: from the app's own page to Slack's, and back with the answer, cookies kept. `team` by default
   * that of the person.
   */
  install(startUrl: string, how: { by: Person; team?: Team; deny?: boolean }): Promise<InstallOutcome>;
}

/** What the browser showed last. */
export interface InstallOutcome {
  status: number;
  /** The page. */
  body: string;
  /** Where it stood; an address beyond the loopback interface is not visited. */
  url: string;
  /** What was asked for. */
  scopes: readonly string[];
}
