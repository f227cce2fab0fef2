import { execFileSync } from 'node:child_process';
import { describe, inject, it } from 'vitest';
import type { Answer } from './desk.ts';
import { isInstalled, SERVERS, type ServerName } from './programs.ts';

export type { ServerName } from './programs.ts';

const PATIENCE_MS = 60_000;

/** Asks the desk and prints its answer. */
const ASK = `require('node:http').get(process.argv[1], (answer) => answer.pipe(process.stdout))`;

/** For tests that are skipped: nobody listens there. */
const NOWHERE = { postgres: 'postgres://127.0.0.1:1/nobody', redis: 'redis://127.0.0.1:1' } as const;

const answers = new Map<ServerName, Answer>();

/**
 * The address of the server that all tests of this run share, started when the first one asks; nothing where there is
 * none. Throws where one is required (`PAPERWIRE_TEST_SERVERS=required`) or the one given does not answer. A test keeps
 * what it writes there apart, under names of its own, and never stops it.
 */
export function serverUrl(name: ServerName): string | undefined {
  const answer = ask(name);
  if ('url' in answer) return answer.url;
  if ('broken' in answer) throw new Error(answer.broken);
  if (isRequired()) throw new Error(`${answer.absent}.`);
  return undefined;
}

/**
 * A `describe` for tests on the server that all share; `body` uses its address in hooks and tests only. Without a server
 * they are skipped, with the reason in the name; where one is required, or the one given does not answer, they fail.
 */
export function describeWith(name: ServerName, title: string, body: (url: string) => void): void {
  const answer = ask(name);
  if ('url' in answer) describe(title, () => body(answer.url));
  else if ('broken' in answer) fail(title, answer.broken);
  else without(title, answer.absent, () => body(NOWHERE[name]));
}

/** The same for tests that start servers of their own, with `startPostgres` or `startRedis`: those that kill them. */
export function describeWithOwn(name: ServerName, title: string, body: () => void): void {
  const { title: server, install } = SERVERS[name];
  if (isInstalled(name)) describe(title, body);
  else without(title, `no ${server} server to start: install ${install}`, body);
}

function without(title: string, reason: string, body: () => void): void {
  if (isRequired()) fail(title, reason);
  else describe.skip(`${title} (skipped: ${reason})`, body);
}

function fail(title: string, reason: string): void {
  it(`${title}: has its server`, () => {
    throw new Error(reason);
  });
}

function isRequired(): boolean {
  return process.env.PAPERWIRE_TEST_SERVERS === 'required';
}

/** Test files are collected without waiting, so the answer has to be there at once. */
function ask(name: ServerName): Answer {
  const answer = answers.get(name) ?? answerOf(inject('testServers'), name);
  answers.set(name, answer);
  return answer;
}

function answerOf(desk: string | undefined, name: ServerName): Answer {
  if (desk === undefined) return { absent: 'this run shares no servers' };
  // Of the environment nothing: a proxy in it would be asked instead.
  const answer = execFileSync(process.execPath, ['-e', ASK, `${desk}/${name}`], {
    encoding: 'utf8',
    env: {},
    timeout: PATIENCE_MS,
  });
  return JSON.parse(answer);
}
