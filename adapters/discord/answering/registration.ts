import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import type { Command } from '../../../src/command.ts';
import { SECOND_MS } from '../../../src/domain/calendar.ts';
import type { Log } from '../../../src/log.ts';
import { growingPauseMs } from '../../../src/pace.ts';
import { registrationOf } from './registration-command.ts';
import { reasonOf } from './way-back.ts';

const registeredSchema = z.array(z.record(z.string(), z.unknown()));

/** What Discord adds to a command that is registered. */
const ADDED: ReadonlySet<string> = new Set([
  'id',
  'application_id',
  'version',
  'guild_id',
  'dm_permission',
  'default_permission',
  'name_localized',
  'description_localized',
]);

export interface RegistrationDependencies extends Pick<Host, 'isFirst'> {
  rest: REST;
  clock: Clock;
  log: Log;
  random: () => number;
}

/** Of processes that start together one sees to the same commands in each such time. */
const TURN_MS = 15 * SECOND_MS;

/**
 * Registers the commands everywhere, when they differ from what is registered. A failure is logged once and tried again
 * later. Who starts beside another process looks after it has had its time: it may have died. Resolves when they stand,
 * or when the signal aborts.
 */
export async function keepRegistered(
  application: string,
  commands: readonly Command[],
  { rest, isFirst, clock, log, random, signal }: RegistrationDependencies & { signal: AbortSignal },
): Promise<void> {
  const what = `discord commands ${digestOf(commands)}`;
  let isOurs = false;
  for (let failures = 0; !signal.aborted; ) {
    let restMs = TURN_MS;
    try {
      isOurs ||= await isFirst(what, TURN_MS);
      if (isOurs) {
        const isNew = await register(application, commands, rest);
        return log.info('The commands are registered', { isNew });
      }
    } catch (error) {
      if (failures === 0)
        log.error('The commands could not be registered and are tried again', { error: reasonOf(error) });
      restMs = growingPauseMs(failures, random);
      failures += 1;
    }
    await clock.sleep(restMs, signal).catch(() => {});
  }
}

/** The same for the same commands: another version has others to register. */
function digestOf(commands: readonly Command[]): string {
  return createHash('sha256')
    .update(JSON.stringify(registrationOf(commands)))
    .digest('base64url');
}

/** True when they were changed. */
async function register(application: string, commands: readonly Command[], rest: REST): Promise<boolean> {
  const route = Routes.applicationCommands(application);
  const query = new URLSearchParams({ with_localizations: 'true' });
  if (isRegistered(registeredSchema.parse(await rest.get(route, { query })), commands)) return false;
  await rest.put(route, { body: registrationOf(commands) });
  return true;
}

/** Whether what Discord has, with all languages, is what we would register. */
export function isRegistered(registered: readonly object[], commands: readonly Command[]): boolean {
  return isDeepStrictEqual(canonical(registered), canonical(registrationOf(commands)));
}

/** Commands in one order, without what Discord adds to them and without what is so anyway. */
function canonical(commands: readonly object[]): unknown[] {
  const own = commands.map((command) =>
    Object.fromEntries(Object.entries(command).filter(([name]) => !ADDED.has(name))),
  );
  return own.map(withoutDefaults).sort((one, other) => compare(String(one.name), String(other.name)));
}

function withoutDefaults(value: Record<string, unknown>): Record<string, unknown> {
  const said = Object.entries(value).filter(([, inner]) => !isDefault(inner));
  return Object.fromEntries(said.map(([name, inner]) => [name, tidied(inner)]));
}

function tidied(value: unknown): unknown {
  if (!Array.isArray(value)) return isRecord(value) ? withoutDefaults(value) : value;
  // Numbers are kinds and contexts, whose order says nothing; all else is shown in its order.
  return value.every((one) => typeof one === 'number') ? [...value].sort(compare) : value.map(tidied);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isDefault(value: unknown): boolean {
  if (isRecord(value)) return Object.keys(value).length === 0;
  return value === null || value === undefined || value === false || value === '';
}

function compare<T extends string | number>(one: T, other: T): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
