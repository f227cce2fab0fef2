import { systemClock } from '../../src/clock.ts';
import { addMs, type Instant, msBetween } from '../../src/domain/calendar.ts';
import { type FakeMail, startMail } from '../fakes/mail/index.ts';
import { startSourceServer } from '../fakes/source-server.ts';
import { emailEnv } from './email-setup.ts';
import { createLaunches } from './launches.ts';
import { installProgram, type Program } from './program.ts';
import { lists, MORNING, type RunningProgram, shifted } from './running.ts';

/** A mail server, a source, and a program that sends mails. */
export interface MailWorld {
  fake: FakeMail;
  program: Program;
  storeUrl: string;
  /** Sets the time of the source, and of every program that starts from now on; it is morning before. */
  setTime(at: Instant): void;
  now(): Instant;
  /** What the program is set up with. */
  env(): Record<string, string>;
  /** Starts the program, and waits for nothing. */
  start(more?: Record<string, string>): RunningProgram;
  /** Ends everything. */
  close(): Promise<void>;
}

export async function openMailWorld(): Promise<MailWorld> {
  let byMs = msBetween(systemClock.now(), MORNING);
  const now = () => addMs(systemClock.now(), byMs);
  const fake = await startMail();
  const source = await startSourceServer({ now, lists: lists() });
  const program = installProgram(source.url);
  const launches = createLaunches(program);
  const env = () => ({ ...emailEnv(fake.url), ...shifted(byMs) });
  return {
    fake,
    program,
    storeUrl: `sqlite:${program.folder}/data/test.db`,
    setTime(at) {
      byMs = msBetween(systemClock.now(), at);
    },
    now,
    env,
    start: (more = {}) => launches.launch(['start'], { ...env(), ...more }),
    async close() {
      await launches.end();
      await fake.stop();
      await source.stop();
      program.remove();
    },
  };
}

/** Where a reader ends what comes with one press, as the mail says. */
export function oneClickOf(raw: Buffer): string {
  const [, url = ''] = /^List-Unsubscribe: <(\S+)>/im.exec(raw.toString()) ?? [];
  return url;
}
