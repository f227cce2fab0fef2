import {
  type AnsweringDependencies,
  createAnswering,
} from '../../../../adapters/slack/answering/answering.ts';
import type { ResponseMessage, Told } from '../../../../adapters/slack/gateway/told.ts';
import type { Answer, Question } from '../../../../adapters/slack/posting/ask.ts';
import type { SlackChannel, SlackMember } from '../../../../adapters/slack/posting/places.ts';
import { commands } from '../../../../commands/index.ts';
import type { Host } from '../../../../src/adapter.ts';
import { systemClock } from '../../../../src/clock.ts';
import type { Invocation, Reply } from '../../../../src/command.ts';
import type { TextCard } from '../../../../src/domain/card.ts';
import type { Json } from '../../../../src/domain/delivery.ts';
import { createLog } from '../../../../src/log.ts';
import { DEAF_HOST } from '../../../fakes/deaf-host.ts';
import { checkMessage } from '../../../slack-checks/check.ts';

export const TEAM = 'T0000001';
/** An admin. */
export const ADA = 'U0000ADA';
/** A member, who reads German. */
export const BO = 'U00000B0';
export const PAPERS = 'C0PAPERS';
export const GENERAL = 'C0GENERA';
/** A public channel that we are not in. */
export const OUTSIDE = 'C0UTSIDE';
/** Ada's direct messages with us. */
export const DIRECT = 'D0000ADA';

const CHANNEL: SlackChannel = {
  id: PAPERS,
  name: 'papers',
  kind: 'public',
  isGeneral: false,
  isArchived: false,
  isMember: true,
};
const MEMBER: SlackMember = { isAdmin: false, isBot: false, zone: undefined, locale: undefined };

/** What a test may put in. */
export interface GivenAnswering {
  /** What the host answers; by default one sentence. */
  run?: (invocation: Invocation) => Promise<Reply> | Reply;
  host?: Partial<Host>;
  /** What the Web API answers; rejects with an error of ours. By default it opens direct messages. */
  ask?: (question: Question) => Promise<unknown>;
  dependencies?: Partial<AnsweringDependencies>;
  /** Of a `response_url`. */
  respond?: (message: ResponseMessage) => Promise<void>;
}

/** Something that was done, and what came of it, in order. */
export interface Happened {
  /** `ack` and `respond`, in order. */
  steps: string[];
  acks: (Json | undefined)[];
  responses: ResponseMessage[];
}

/** The answering drawer with a host that notes what it is asked, in a team of two. */
export function openAnswering(given: GivenAnswering = {}) {
  const invocations: Invocation[] = [];
  const questions: Question[] = [];
  const forms: unknown[] = [];
  const panels: unknown[] = [];
  const uploads: { url: string; content: string }[] = [];
  const joined: string[] = [];
  const lines: { level: number; msg: string }[] = [];
  const problems: string[] = [];
  const channels = new Map<string, SlackChannel>([
    [PAPERS, CHANNEL],
    [GENERAL, { ...CHANNEL, id: GENERAL, name: 'general', isGeneral: true }],
    [OUTSIDE, { ...CHANNEL, id: OUTSIDE, name: 'outside', isMember: false }],
  ]);
  const host: Host = {
    ...DEAF_HOST,
    commands,
    async run(invocation) {
      invocations.push(invocation);
      return await (given.run ?? (() => words('Done')))(invocation);
    },
    ...given.host,
  };
  const dependencies: AnsweringDependencies = {
    host,
    places: {
      channel: async (_team, id) => channels.get(id),
      member: async (_team, id) => ({ ...MEMBER, isAdmin: id === ADA, locale: id === BO ? 'de' : undefined }),
      async join(_team, id) {
        joined.push(id);
        channels.set(id, { ...CHANNEL, id });
      },
      installer: async () => undefined,
      me: async () => 'U00000ME',
    },
    async ask(question): Promise<Answer> {
      questions.push(question);
      const data = await (given.ask ?? answerUsually)(question);
      return { data, at: undefined, scopes: [] };
    },
    async postPanel(place, card, texts) {
      panels.push({ place, card, texts });
      return undefined;
    },
    async openFeedForm(_told, caller, which) {
      forms.push({ caller, which });
      return undefined;
    },
    upload: async (url, content) => void uploads.push({ url, content }),
    clock: systemClock,
    log: createLog({ level: 'debug', write: (line) => void lines.push(JSON.parse(line)) }),
    ...given.dependencies,
  };
  const answering = createAnswering(dependencies);

  function tell(body: unknown, canRespond = true): { told: Told; happened: Happened } {
    const happened: Happened = { steps: [], acks: [], responses: [] };
    const respond = async (message: ResponseMessage) => {
      happened.steps.push('respond');
      problems.push(...checkMessage({ text: message.text, blocks: message.blocks }));
      await given.respond?.(message);
      happened.responses.push(message);
    };
    return {
      happened,
      told: {
        body,
        async ack(response) {
          if (happened.acks.length > 0) return;
          happened.steps.push('ack');
          happened.acks.push(response);
        },
        ...(canRespond ? { respond } : {}),
      },
    };
  }

  return {
    answering,
    dependencies,
    channels,
    /** What the host was asked, in order. */
    invocations,
    /** What the Web API was asked, in order. */
    questions,
    forms,
    panels,
    uploads,
    joined,
    /** What is wrong with what was answered. */
    problems,
    logged: (level: number) => lines.filter((line) => line.level === level).map(({ msg }) => msg),
    tell,
    /** Types `/paper …`. */
    async slash(text: string, { user = ADA, channel = PAPERS } = {}): Promise<Happened> {
      const body = {
        team_id: TEAM,
        channel_id: channel,
        user_id: user,
        text,
        command: '/paper',
        api_app_id: 'A01',
      };
      const { told, happened } = tell(body);
      await answering.onCommand(told);
      return happened;
    },
    /** Presses something on a message. */
    press(action: object, how: Pressing = {}): Promise<Happened> {
      const { told, happened } = tell(pressOf(action, how));
      return answering.onPress(told).then(() => happened);
    },
  };
}

export interface Pressing {
  user?: string;
  channel?: string;
  isEphemeral?: boolean;
  ts?: string;
  /** The first message of its thread. */
  thread?: string;
  userTeam?: string;
}

function pressOf(
  action: object,
  { user = ADA, channel = PAPERS, isEphemeral = false, ts = '1.000002', thread, userTeam = TEAM }: Pressing,
): object {
  return {
    type: 'block_actions',
    team: { id: TEAM, domain: 'lab' },
    user: { id: user, username: 'somebody', team_id: userTeam },
    channel: { id: channel, name: 'papers' },
    container: {
      type: 'message',
      message_ts: ts,
      ...(thread === undefined ? {} : { thread_ts: thread }),
      channel_id: channel,
      is_ephemeral: isEphemeral,
    },
    trigger_id: '1.2.3',
    api_app_id: 'A01',
    actions: [{ type: 'button', block_id: 'b', action_ts: '1', ...action }],
  };
}

async function answerUsually({ method }: Question): Promise<unknown> {
  return method === 'conversations.open' ? { ok: true, channel: { id: DIRECT } } : { ok: true };
}

/** A reply of words. */
export function words(title: string, more: Partial<Reply> & Partial<Pick<TextCard, 'actions'>> = {}): Reply {
  const { actions, ...reply } = more;
  const card = { kind: 'text' as const, title, paragraphs: [], ...(actions ? { actions } : {}) };
  return { visibility: 'private', cards: [card], outcome: 'done', ...reply };
}

/** A button or a select of an answer, by its label; as its press is told. */
export function button({ blocks }: Pick<ResponseMessage, 'blocks'>, label: string): Record<string, unknown> {
  const found = elementsOf(blocks).find((element) => labelOf(element) === label);
  if (!found) throw new Error(`There is no "${label}" among ${elementsOf(blocks).map(labelOf).join(', ')}.`);
  return { action_id: found.action_id, value: found.value };
}

export function labelsOf({ blocks }: Pick<ResponseMessage, 'blocks'>): string[] {
  return elementsOf(blocks).map(labelOf);
}

function elementsOf(blocks: unknown): Record<string, unknown>[] {
  return ((blocks ?? []) as { elements?: Record<string, unknown>[] }[])
    .flatMap(({ elements = [] }) => elements)
    .filter(({ action_id: id }) => id !== undefined);
}

function labelOf({ text, placeholder }: Record<string, unknown>): string {
  return String(((text ?? placeholder) as { text?: string } | undefined)?.text);
}
