import { deliveriesCard } from '../../commands/delivery/delivery.ts';
import { CommandError, RefusedError, UsageError } from '../errors.ts';
import { refusalText } from '../host.ts';
import type { Run } from '../main.ts';
import { readArguments } from './arguments.ts';
import type { DeliveriesJson } from './json.ts';
import { printJson, withSession } from './session.ts';

const SPEC = {
  usage: 'paperwire delivery list|resend|dismiss [id] [--json]',
  options: { json: { type: 'boolean' } },
  help: { json: 'One JSON document instead of text' },
} as const;

const VERBS = ['list', 'resend', 'dismiss'] as const;

/** `paperwire delivery`: messages of every workspace that are not out, and what is to become of them. */
export const run: Run = async (args) => {
  const words = args.filter((word) => !word.startsWith('-'));
  const values = readArguments(
    args.filter((word) => word.startsWith('-')),
    SPEC,
  );
  if (!values) return 0;
  const [given, id, ...more] = words;
  const verb = VERBS.find((one) => one === given);
  const isFit = more.length === 0 && (verb === 'list') === (id === undefined);
  if (!verb || !isFit) {
    throw new UsageError(
      'Say paperwire delivery list, or paperwire delivery resend <id>, or paperwire delivery dismiss <id>.',
    );
  }
  const isJson = values.json === true;
  return verb === 'list' || id === undefined ? await list(isJson) : await decide(verb, id, isJson);
};

async function list(isJson: boolean): Promise<number> {
  return await withSession(
    async ({ bot, show }) => {
      const open = await bot.decisions.all();
      if (isJson) await printJson({ deliveries: open } satisfies DeliveriesJson);
      else await show([deliveriesCard(open, 'paperwire ')]);
      return 0;
    },
    { quietLog: true },
  );
}

/** Errors: what it is given, a refusal as its sentence. */
function inWords(error: unknown): never {
  throw error instanceof RefusedError ? new CommandError(refusalText(error)) : error;
}

/** Exit 1 when it was sent again and has not arrived. */
async function decide(verb: 'resend' | 'dismiss', id: string, isJson: boolean): Promise<number> {
  return await withSession(
    async ({ bot, signal }) => {
      const delivery = (await bot.decisions.all()).find((one) => one.id === id || one.slotId === id);
      const slot = delivery && (await bot.decisions[verb](delivery.destination, id, signal).catch(inWords));
      if (!slot) {
        throw new UsageError(
          `There is no message "${id}" that waits for a decision. paperwire delivery list shows the ones there are.`,
        );
      }
      if (isJson) await printJson(slot);
      else process.stderr.write(`${slot.day}: ${slot.state}. ${slot.sentence}\n`);
      const isStillOpen = (await bot.decisions.all()).some((one) => one.id === id || one.slotId === id);
      return isStillOpen ? 1 : 0;
    },
    { quietLog: true, withPlatforms: true },
  );
}
