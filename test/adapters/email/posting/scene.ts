import { onTestFinished } from 'vitest';
import {
  createPost,
  type Letter,
  type Post,
  type PostConfig,
} from '../../../../adapters/email/posting/post.ts';
import { silentLog } from '../../../../src/log.ts';
import { createFakeClock, type FakeClock } from '../../../fakes/clock.ts';
import { type FakeMail, type MailOptions, startMail } from '../../../fakes/mail/index.ts';

export const NOW = '2026-11-23T09:00:00.000Z';
export const FROM = 'Paperwire <papers@example.org>';
export const LINKS = {
  manage: 'https://papers.example.org/email/manage/v1.sealed',
  unsubscribe: 'https://papers.example.org/email/unsubscribe/v1.sealed',
};
export const DRAWN = {
  subject: 'Papers of Monday',
  html: {
    letter: '<!doctype html><html lang="en"><body><p>Quokkas learn &amp; play.</p>',
    end: '</body></html>',
  },
  text: { letter: 'Quokkas learn & ', end: 'play.\n' },
};

/** A mail server, and a post that hands mails to it. */
export interface Scene {
  fake: FakeMail;
  post: Post;
  clock: FakeClock;
  /** What the operator was told, in order. */
  reports: (string | undefined)[];
}

/** `url`: how the server is reached; default as it wants. */
export async function setScene(
  given: Partial<PostConfig> & { mail?: MailOptions; url?: Parameters<FakeMail['urlWith']>[0] } = {},
): Promise<Scene> {
  const { mail, url = {}, ...config } = given;
  const fake = await startMail(mail);
  onTestFinished(() => fake.stop());
  const clock = createFakeClock(NOW);
  const reports: (string | undefined)[] = [];
  const report = async (trouble: string | undefined) => void reports.push(trouble);
  const post = createPost({
    smtpUrl: fake.urlWith(url),
    from: FROM,
    report,
    clock,
    log: silentLog,
    ...config,
  });
  onTestFinished(() => post.close());
  return { fake, post, clock, reports };
}

let letters = 0;

/** One for `reader@example.org`, with a `Message-ID` of its own. */
export function aLetter(given: Partial<Letter> = {}): Letter {
  letters += 1;
  return { to: 'reader@example.org', messageId: `letter ${letters}`, drawn: DRAWN, links: LINKS, ...given };
}

/** What some work fails with; undefined when it does not. */
export async function errorOf(work: Promise<unknown>): Promise<unknown> {
  return await work.then(
    () => undefined,
    (error: unknown) => error,
  );
}
