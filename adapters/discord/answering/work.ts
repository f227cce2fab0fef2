import { InteractionType } from 'discord.js';
import type { Reply } from '../../../src/command.ts';
import { type Texts, textsFor } from '../../../src/texts/index.ts';
import type { DiscordBody } from '../cards/payload.ts';
import { stamp } from '../cards/stamp.ts';
import { type Answer, answersOf, sentenceAnswer } from './answers.ts';
import { type Asked, askedBy } from './asked.ts';
import type { Caller } from './caller.ts';
import type { Interaction, Press } from './incoming.ts';
import type { Given, Responding } from './respond.ts';
import { commandOf, createRun, type RunDependencies } from './run.ts';

export interface WorkDependencies extends RunDependencies {
  onPress: OnPress;
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

/** What is asked for, and how it is put off. `signal` ends it. */
export type WorkOf = (
  interaction: Asking,
  caller: Caller,
  signal: AbortSignal,
) => Pick<Responding, 'begin' | 'isReading' | 'putOff'>;

export function createWorkOf({ onPress, ...dependencies }: WorkDependencies): WorkOf {
  const { commands } = dependencies.host;
  const run = createRun(dependencies);
  return (interaction, caller, signal) => {
    const own = interaction.type === InteractionType.MessageComponent ? onPress(interaction) : undefined;
    if (own) return { begin: async () => givenBy(await own(), caller), isReading: false, putOff: 'in-place' };
    const texts = textsFor(caller.locale);
    const asked = askedBy(interaction, commands);
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
      isReading: commandOf(asked, commands)?.isReading === true,
      putOff: isPaging ? 'in-place' : 'private',
    };
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
