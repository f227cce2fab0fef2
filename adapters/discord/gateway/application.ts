import { z } from 'zod';
import type { Command } from '../../../src/command.ts';
import { keepRegistered, type RegistrationDependencies } from '../answering/registration.ts';

/** Which application we are on Discord. */
export interface Application {
  /** Undefined before a session has told. */
  id(): string | undefined;
  /** READY: the first one tells who we are, and that is when our commands are registered. Never throws. */
  ready(event: unknown): void;
}

const readySchema = z.object({ application: z.object({ id: z.string() }) });

export interface ApplicationDependencies extends RegistrationDependencies {
  commands: readonly Command[];
  signal: AbortSignal;
}

export function createApplication({ commands, ...dependencies }: ApplicationDependencies): Application {
  const { log } = dependencies;
  let id: string | undefined;
  return {
    id: () => id,
    ready(event) {
      if (id !== undefined) return;
      id = readySchema.safeParse(event).data?.application.id;
      if (id === undefined) {
        log.error('Discord did not tell which application this is');
        return;
      }
      const registering = keepRegistered(id, commands, dependencies);
      registering.catch((error: unknown) => log.error('The commands could not be registered', { error }));
    },
  };
}
