import { InteractionType, type REST } from 'discord.js';
import type { Host } from '../../../src/adapter.ts';
import { type Clock, within } from '../../../src/clock.ts';
import type { Command, Reply } from '../../../src/command.ts';
import type { Log } from '../../../src/log.ts';
import { type Texts, textsFor } from '../../../src/texts/index.ts';
import type { DiscordBody } from '../cards/payload.ts';
import { stamp } from '../cards/stamp.ts';
import { type Answer, answersOf, sentenceAnswer } from './answers.ts';
import { type Asked, askedBy, readSlash } from './asked.ts';
import { type Caller, callerOf, DIRECT, mayManage } from './caller.ts';
import { choicesOf } from './completion.ts';
import { addressSchema, type Interaction, interactionSchema, type Press, type Slash } from './incoming.ts';
import { type Given, type OnPanel, type Responding, respond } from './respond.ts';
import { isClosed, openWayBack, reasonOf, type WayBack } from './way-back.ts';

/** Suggestions that are not there by then come too late: Discord waits 3 s. */
const COMPLETION_MS = 2000;
/** After a broken connection Discord tells again what it may have told; so many are remembered. */
const MOST_REMEMBERED = 2000;

export interface InteractionDependencies {
  /** Not the one of deliveries: an answer waits behind nothing. */
  rest: REST;
  host: Host;
  /** Whether the bot is in a server. */
  isOurs: (server: string) => boolean;
  /** What a member may do in a server as a whole; undefined when they are not in it. */
  rightsOf: (server: string, member: string) => Promise<bigint | undefined>;
  onPanel: OnPanel;
  onPress: OnPress;
  clock: Clock;
  log: Log;
}

/** What a press that gives no command comes to: another content of the message it was made on, or a reply. */
export type PressAnswer =
  | { kind: 'update'; body: DiscordBody }
  /** `home`: the server that presses on the reply act in. */
  | { kind: 'reply'; reply: Reply; home?: string };

/** Undefined for a press that gives a command; else what begins what it asks for. */
export type OnPress = (press: Press) => (() => Promise<PressAnswer>) | undefined;

/** What is answered by messages. */
type Asking = Exclude<Interaction, { type: InteractionType.ApplicationCommandAutocomplete }>;

/** Answers what people type and press. */
export interface Interactions {
  /** Takes an interaction off the gateway; one that was taken before is let be. Never throws. */
  take(event: unknown): void;
  /** Takes no more, leaves those in hand so long to be answered, then ends them. */
  stop(patienceMs: number): Promise<void>;
}

export function createInteractions(dependencies: InteractionDependencies): Interactions {
  const { rest, host, isOurs, rightsOf, onPanel, onPress, clock, log } = dependencies;
  const taken = new Set<string>();
  const inHand = new Map<Promise<void>, AbortController>();
  let isStopped = false;

  /** False for one that was there before. */
  function remember(id: string): boolean {
    if (taken.has(id)) return false;
    const [oldest] = taken;
    if (oldest !== undefined && taken.size >= MOST_REMEMBERED) taken.delete(oldest);
    taken.add(id);
    return true;
  }

  async function answer(interaction: Interaction, controller: AbortController): Promise<void> {
    const way = openWayBack(interaction, { rest, clock });
    const caller = callerOf(interaction, isOurs);
    if (interaction.type === InteractionType.ApplicationCommandAutocomplete)
      return await suggest(interaction.data, caller, way);
    const texts = textsFor(caller.locale);
    const work = workOf(interaction, caller, controller.signal);
    try {
      await respond({ way, ...work, place: caller.place, texts }, { onPanel, clock });
    } catch (error) {
      // Nobody waits for it any more, so what has not been done need not be.
      controller.abort(error);
      if (isClosed(error)) return log.info('An answer came too late', { error: reasonOf(error) });
      log.error('An answer could not be given', { error: reasonOf(error) });
      const last = sentenceAnswer(texts.gateway.away, texts);
      await (way.isTaken ? way.add(last, 'private') : way.reply(last, 'private'));
    }
  }

  /** What is asked for, and how it is put off. */
  function workOf(
    interaction: Asking,
    caller: Caller,
    signal: AbortSignal,
  ): Pick<Responding, 'begin' | 'isReading' | 'putOff'> {
    const own = interaction.type === InteractionType.MessageComponent ? onPress(interaction) : undefined;
    if (own) return { begin: async () => givenBy(await own(), caller), isReading: false, putOff: 'in-place' };
    const texts = textsFor(caller.locale);
    const asked = askedBy(interaction, host.commands);
    if (!asked)
      return {
        begin: async () => refusal(texts.gateway.tooOld, texts),
        isReading: true,
        putOff: 'private',
      };
    const { isPaging, home } = asked;
    return {
      async begin() {
        const reply = await run(asked, caller, signal);
        return givenBy({ kind: 'reply', reply, ...(home === undefined ? {} : { home }) }, caller, asked);
      },
      isReading: commandOf(asked)?.isReading === true,
      putOff: isPaging ? 'in-place' : 'private',
    };
  }

  function commandOf({ command }: Pick<Asked, 'command'>): Command | undefined {
    return host.commands.find(({ name }) => name === command);
  }

  async function run(asked: Asked, caller: Caller, signal: AbortSignal): Promise<Reply> {
    const { command, options, home } = asked;
    const given = { command, options, ...caller, at: clock.now(), signal };
    const isHere = home === undefined || home === DIRECT;
    const { place, member } = isHere ? caller : await callerAt(home, commandOf(asked), caller);
    const isHomeless = place.workspace === DIRECT ? { isHomeless: true as const } : {};
    return await host.run({ ...given, place, member, ...isHomeless });
  }

  /**
   * Who presses in a direct message acts where the message came from. It says nothing of their rights there, which are
   * asked where they matter: what is theirs alone stays theirs when they have left, all else is for who is in it.
   */
  async function callerAt(
    home: string,
    command: Command | undefined,
    { place, member }: Caller,
  ): Promise<Pick<Caller, 'place' | 'member'>> {
    const there = { ...place, workspace: home };
    if (command?.audience !== 'manager' && !command?.isOfWorkspace) return { place: there, member };
    const rights = await rightsOf(home, member.id);
    if (rights === undefined) return { place, member };
    return { place: there, member: { ...member, isManager: mayManage(rights) } };
  }

  async function suggest(data: Slash, caller: Caller, way: WayBack): Promise<void> {
    const { command, given } = readSlash(data);
    const typing = given.find(({ focused }) => focused);
    const asked = { command, ...caller, option: typing?.name ?? '', typed: String(typing?.value ?? '') };
    const completions = await within(COMPLETION_MS, host.complete(asked), clock).catch((error: unknown) => {
      log.warn('There are no suggestions', { command, error });
    });
    await way.suggest(choicesOf(completions ?? []));
  }

  /** Also what we do not know is answered, by a sentence. */
  async function answerUnknown(event: unknown): Promise<void> {
    const texts = textsFor(undefined);
    const way = openWayBack(addressSchema.parse(event), { rest, clock });
    await way.reply(sentenceAnswer(texts.gateway.tooOld, texts), 'private');
  }

  return {
    take(event) {
      const { data: address } = addressSchema.safeParse(event);
      if (isStopped || !address || !remember(address.id)) return;
      const { data: interaction, error } = interactionSchema.safeParse(event);
      if (error) log.warn('An interaction was not understood', { error });
      const controller = new AbortController();
      const answering = interaction ? answer(interaction, controller) : answerUnknown(event);
      const done = answering.catch((error: unknown) => {
        // Of two processes one comes too late with each of its suggestions.
        const level = isClosed(error) ? 'info' : 'warn';
        log[level]('An interaction stays without an answer from here', { error: reasonOf(error) });
      });
      inHand.set(done, controller);
      void done.then(() => inHand.delete(done));
    },
    async stop(patienceMs) {
      isStopped = true;
      await within(patienceMs, Promise.all(inHand.keys()), clock);
      for (const controller of inHand.values()) controller.abort(new Error('The bot stops.'));
      await Promise.all(inHand.keys());
    },
  };
}

/** What a reply comes to. A page that cannot be shown does not take away the one that is there. */
function givenBy(
  answer: PressAnswer,
  { locale }: Caller,
  { command = '', isPaging = false }: Partial<Asked> = {},
): Given {
  if (answer.kind === 'update') return { answers: [{ body: answer.body }], how: 'in-place' };
  const { reply, home } = answer;
  const how = isPaging && reply.outcome === 'done' ? 'in-place' : reply.visibility;
  const answers = answersOf(reply, textsFor(locale), command);
  return { answers: home === undefined ? answers : answers.map((one) => actingIn(one, home)), how };
}

/** What is pressed on an answer in a direct message acts where the message that it answers came from. */
function actingIn(answer: Answer, home: string): Answer {
  const { body } = answer;
  return { ...answer, body: { ...body, components: stamp(body.components, { home }) } };
}

function refusal(text: string, texts: Texts): Given {
  return { answers: [sentenceAnswer(text, texts)], how: 'private' };
}
