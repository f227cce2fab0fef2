import { expect } from 'vitest';
import { parseInvocation } from '../../adapters/terminal/parse.ts';
import type { Services } from '../../src/abilities.ts';
import type { Command, Reply } from '../../src/command.ts';
import { LOCALES, type Locale } from '../../src/domain/locale.ts';
import { CommandError, PaperwireError } from '../../src/errors.ts';
import { PLACE } from '../world.ts';
import type { Case } from './cases.ts';

/** What the suite needs to hold a list of commands to its contract. */
export interface CommandContract {
  /** The whole list, as adapters get it. */
  commands: readonly Command[];
  /** Services with something behind them; each call of the suite gets fresh ones. `example` may be changed to fit. */
  open: () => Promise<{
    services: Services;
    at: string;
    adapt: (example: string) => string;
    close: () => Promise<void>;
  }>;
}

/** Discord's limits on a command and its options, the narrowest of all platforms (`platforms.md` §1.1, 2026-11-23). */
const MAX_PHRASE = 100;
const MAX_OPTIONS = 25;
const NAME = /^[a-z][a-z-]{0,31}$/;

/** Holds commands to `src/command.ts`: their description, their example, their replies and their errors. */
export function commandContract({ commands, open }: CommandContract): Case[] {
  const words = (example: string) =>
    (example.match(/(?:[^\s"]|"[^"]*")+/g) ?? []).map((word) => word.replaceAll('"', ''));
  const run = async (
    command: Command,
    options: Record<string, never> | object,
    services: Services,
    at: string,
    locale?: Locale,
  ) =>
    await command.run(
      {
        command: command.name,
        options: { ...options },
        place: PLACE,
        member: { id: 'operator', isManager: true },
        at,
        ...(locale ? { locale } : {}),
      },
      services,
    );

  return [
    {
      name: 'names are unique and of one or two words',
      run: () => {
        expect(new Set(commands.map((command) => command.name)).size).toBe(commands.length);
        for (const command of commands) {
          const words = command.name.split(' ');
          expect(words.length).toBeLessThanOrEqual(2);
          for (const word of words) expect(word).toMatch(NAME);
        }
      },
    },

    {
      name: 'descriptions are phrases that every platform can show',
      run: () => {
        for (const { summary, options } of commands) {
          for (const phrase of [summary, ...options.map((option) => option.summary)]) {
            expect(phrase.length, phrase).toBeLessThanOrEqual(MAX_PHRASE);
            expect(phrase, phrase).toMatch(/^[A-Z].*[^.\s]$/);
          }
        }
      },
    },

    {
      name: 'options are few, named alike, required ones first',
      run: () => {
        for (const { name: command, options } of commands) {
          expect(options.length).toBeLessThanOrEqual(MAX_OPTIONS);
          for (const option of options) expect(option.name, command).toMatch(NAME);
          const required = options.map(({ isRequired }) => isRequired === true);
          expect(
            [...required].sort((one, other) => Number(other) - Number(one)),
            command,
          ).toEqual(required);
          expect(new Set(options.map((option) => option.name)).size).toBe(options.length);
        }
      },
    },

    {
      name: 'each example works as it stands',
      run: async () => {
        for (const command of commands) {
          const { services, at, adapt, close } = await open();
          const parsed = parseInvocation(words(adapt(command.example)), commands);
          expect(parsed.command).toBe(command.name);
          const reply = await run(command, parsed.options, services, at);
          expect(isReply(reply), command.name).toBe(true);
          expect(reply.outcome, command.name).toBe('done');
          await close();
        }
      },
    },

    {
      name: 'answers say the same in every language',
      run: async () => {
        for (const command of commands) {
          const replies: Reply[] = [];
          for (const locale of LOCALES) {
            const { services, at, adapt, close } = await open();
            const { options } = parseInvocation(words(adapt(command.example)), commands);
            replies.push(await run(command, options, services, at, locale));
            await close();
          }
          for (const reply of replies) expect(shapeOf(reply), command.name).toEqual(shapeOf(replies[0]));
        }
      },
    },

    {
      name: 'answers are plain data that a program can read',
      run: async () => {
        for (const command of commands) {
          const { services, at, adapt, close } = await open();
          const { options } = parseInvocation(words(adapt(command.example)), commands);
          const reply = await run(command, options, services, at);
          expect(JSON.parse(JSON.stringify(reply))).toEqual(reply);
          await close();
        }
      },
    },

    {
      name: 'odd values give a reply or a sentence, never a fault',
      run: async () => {
        for (const command of commands) {
          const { services, at, close } = await open();
          for (const odd of [
            '',
            ' ',
            '\u0000',
            '💥',
            'x'.repeat(5000),
            '2025-13-40',
            '../..',
            '"',
            '__proto__',
          ]) {
            const texts = command.options
              .filter(({ type }) => type !== 'integer' && type !== 'flag')
              .map((option) => [option.name, odd]);
            const outcome = await run(command, Object.fromEntries(texts), services, at).catch(
              (error: unknown) => error,
            );
            if (outcome instanceof PaperwireError) expect(outcome).toBeInstanceOf(CommandError);
            if (outcome instanceof Error) expect(outcome.message, command.name).toMatch(/[.?!:]/);
            else expect(isReply(outcome as Reply), command.name).toBe(true);
            expect(outcome, command.name).not.toBeInstanceOf(TypeError);
          }
          await close();
        }
      },
    },
  ];
}

function isReply({ cards, visibility }: Reply): boolean {
  return cards.length > 0 && ['private', 'channel'].includes(visibility);
}

/** What an answer is without its words: the same for programs and presses, whoever reads it. */
function shapeOf(reply: Reply | undefined) {
  const presses = reply?.cards.map((card) => {
    const actions = card.kind === 'panel' ? [] : (card.actions ?? []);
    return [card.kind, actions.map(({ command, options }) => ({ command, options }))];
  });
  return { presses, data: reply?.data, outcome: reply?.outcome, visibility: reply?.visibility };
}
