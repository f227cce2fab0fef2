import { describe, expect, it } from 'vitest';
import { render as onDiscord } from '../../adapters/discord/cards/render.ts';
import { keptCard } from '../../adapters/email/cards/keep.ts';
import { readJson } from '../../adapters/email/hearing/read-json.ts';
import { readMail } from '../../adapters/email/hearing/read-mail.ts';
import { readText } from '../../adapters/slack/answering/typed.ts';
import { render as onSlack } from '../../adapters/slack/cards/render.ts';
import { parseInvocation } from '../../adapters/terminal/parse.ts';
import { render as inTerminal } from '../../adapters/terminal/render.ts';
import { drawCard } from '../../adapters/web/cards/draw.ts';
import { idsIn } from '../../commands/find.ts';
import { commands } from '../../commands/index.ts';
import { changedEnvText, readEnvText } from '../../src/cli/init/env-text.ts';
import { readConfig } from '../../src/config.ts';
import type { Card } from '../../src/domain/card.ts';
import { parseQuery } from '../../src/domain/query.ts';
import { ConfigError, StoreError, UsageError } from '../../src/errors.ts';
import { readPressText } from '../../src/press.ts';
import { EDITIONS, FEEDS, INSTALLATIONS, LISTINGS, MAILBOXES, PAPERS } from '../../src/stores/kinds.ts';
import { checkedValue, LINES } from '../../src/stores/lines.ts';
import { decodeText } from '../../src/stores/record-text.ts';
import { termsOf } from '../../src/text/terms.ts';
import { tidyText, tidyTitle } from '../../src/text/tidy.ts';
import { textsFor } from '../../src/texts/index.ts';
import { HOSTILE } from '../fixtures/hostile.ts';
import { aPaper } from '../fixtures/papers.ts';
import { expectTame, PARSERS } from '../sources/parsers.ts';

/**
 * Of the processor's own time, whatever else a machine does, for one text: what grows with its length takes an eighth of
 * it at most, what grows with the square five times as long.
 */
const LONGEST_MS = 10_000;

/** Reads, and may refuse by an error of this kind alone. */
function refusable<T>(kind: abstract new (...given: never[]) => Error, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof kind)) throw error;
    expect(error.message).not.toBe('');
    return undefined;
  }
}

const KINDS = [PAPERS, LISTINGS, FEEDS, EDITIONS, INSTALLATIONS, MAILBOXES];
const VARIABLES = [
  'STORE_URL',
  'ALARM_URL',
  'SMTP_URL',
  'MAIL_FROM',
  'PUBLIC_URL',
  'DISCORD_SHARDS',
  'HTTP_PORT',
];
const noLinks = { read: () => undefined };

/** A paper that says the same wherever it says anything, drawn alone and in a list. */
function* cardsOf(text: string): Generator<Card> {
  const address = `https://example.org/${text}`;
  const words = { title: text, abstract: text, summary: text, submittedBy: text, publishedAt: text };
  const addresses = { projectUrl: address, githubUrl: text, thumbnailUrl: address };
  const people = { authors: [{ name: text }], organization: { name: text, displayName: text } };
  const paper = { ...aPaper({ id: '2611.00001' }), ...words, ...addresses, ...people, keywords: [text] };
  const entry = { number: 1, paper, reason: text };
  yield { kind: 'paper', entry, notes: [text] };
  yield {
    kind: 'list',
    title: text,
    subtitle: text,
    sections: [{ heading: text, entries: [entry] }],
    notes: [text],
  };
}

/** Everything that reads what others have written, by its name: it reads, or refuses in its own way. */
const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  'the ways into a source': (text) => {
    for (const parse of Object.values(PARSERS)) expectTame(parse, text);
  },
  'titles and abstracts': (text) => [tidyTitle(text), tidyText(text), termsOf(text)],
  queries: (text) => parseQuery(text),
  'papers that a text names': (text) => idsIn(text),
  'commands in a shell': (text) =>
    refusable(UsageError, () => parseInvocation(text.split(' ').slice(0, 500), commands)),
  'commands on Slack': (text) => readText(text, commands, textsFor(undefined)),
  buttons: (text) => readPressText(text, commands),
  mails: (text) => readMail(new TextEncoder().encode(`From: a@example.org\r\n${text}`), noLinks),
  'reports of mails': (text) => readJson(text),
  'records of the store': (text) => KINDS.map((kind) => decodeText<unknown>(kind, text)),
  'lines of an export': (text) =>
    Object.entries(LINES).map(([kind, shape]) =>
      refusable(StoreError, () => checkedValue<unknown>(shape, { kind, key: text, value: { [text]: text } })),
    ),
  'files of settings': (text) => [readEnvText(text), changedEnvText(text, { SECRET_KEY: 'a b' })],
  variables: (text) => VARIABLES.map((name) => refusable(ConfigError, () => readConfig({ [name]: text }))),
  'cards on each platform': (text) =>
    [...cardsOf(text)].map((card) =>
      [onDiscord, onSlack, inTerminal, drawCard, keptCard].map((draw) => draw(card)),
    ),
};

describe.each(Object.entries(READERS))('%s', (_, read) => {
  it('are read or refused in a moment, whatever they say', {
    timeout: HOSTILE.length * LONGEST_MS,
  }, async () => {
    for (const [name, text] of HOSTILE) {
      const begun = process.cpuUsage();
      try {
        await read(text);
      } catch (error) {
        throw new Error(`Broken by ${name}.`, { cause: error });
      }
      expect(process.cpuUsage(begun).user / 1000, name).toBeLessThan(LONGEST_MS);
    }
  });
});
