import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Finding, secretsIn } from './secret-scan.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const LARGEST_ANSWER = 2 ** 30;

function git(args: readonly string[], input?: string): Buffer {
  return execFileSync('git', [...args], { cwd: ROOT, maxBuffer: LARGEST_ANSWER, ...(input && { input }) });
}

/** Those that are tracked, and those that could be with the next commit. */
function files(): string[] {
  const listed = git(['ls-files', '-z', '--cached', '--others', '--exclude-standard']).toString();
  const paths = listed.split('\0').filter((path) => path !== '');
  return paths.filter((path) => existsSync(join(ROOT, path)) && statSync(join(ROOT, path)).isFile());
}

/** Every file and every message that was ever committed, by its id; letters beyond ASCII come out as others. */
function* history(): Generator<[id: string, text: string]> {
  const ids = git(['rev-list', '--objects', '--all']).toString().replace(/ .*$/gm, '');
  const answer = git(['cat-file', '--batch'], ids);
  for (let at = 0; at < answer.length; ) {
    const start = answer.indexOf('\n', at) + 1;
    const [id = '', type, size] = answer.toString('latin1', at, start - 1).split(' ');
    const end = start + Number(size);
    if (type !== 'tree') yield [id, answer.toString('latin1', start, end)];
    at = end + 1;
  }
}

function found(texts: Iterable<[name: string, text: string]>): (Finding & { name: string })[] {
  return [...texts].flatMap(([name, text]) => secretsIn(text).map((finding) => ({ name, ...finding })));
}

describe.skipIf(!existsSync(join(ROOT, '.git')))('no secret', () => {
  it('stands in a file', () => {
    const all = files();
    expect(all.length).toBeGreaterThan(1000);
    expect(found(all.map((path) => [path, readFileSync(join(ROOT, path), 'latin1')]))).toEqual([]);
  });

  it('stands in the history', () => {
    expect(found(history())).toEqual([]);
  });
});

describe('the search for secrets', () => {
  const letters = (count: number) => 'aB3dE5gH7'.repeat(12).slice(0, count);

  it.each([
    ['a token of a Discord bot', ['MTIz'.repeat(6), 'GaBc-1', letters(38)].join('.')],
    ['a webhook of Discord', `https://discord.com/api/webhooks/${'1'.repeat(18)}/${letters(68)}`],
    ['a token of Slack', ['xoxb', '123456789012', '123456789012', letters(24)].join('-')],
    ['a token of an app of Slack', ['xapp', '1', 'A0123456789', '123456789012', 'ab'.repeat(32)].join('-')],
    ['a webhook of Slack', `https://hooks.slack.com/services/T0123456/B0123456/${letters(24)}`],
    ['a key of AWS', `AKIA${'Z7'.repeat(8)}`],
    ['a token of GitHub', `ghp_${letters(36)}`],
    ['a token of GitHub', `github_pat_${letters(82)}`],
    ['a token of Hugging Face', `hf_${letters(34)}`],
    ['a token of npm', `npm_${letters(36)}`],
    ['a key of Google', `AIza${letters(35)}`],
    ['a private key', `-----BEGIN RSA PRIVATE ${'KEY'}-----\n${letters(64)}`],
    ['a private key', `'-----BEGIN PRIVATE ${'KEY'}-----\\n' + '${letters(64)}'`],
    ['a JSON web token', [`eyJ${letters(20)}`, `eyJ${letters(40)}`, letters(43)].join('.')],
    ['a password in an address', `postgres://bot:${letters(12)}@db.papers.dev/paperwire`],
  ])('finds %s', (kind, secret) => {
    for (const text of [secret, `before ${secret} after`, JSON.stringify({ token: secret }), `A="${secret}"`])
      expect(secretsIn(text), text.slice(0, 20)).toEqual([{ kind, beginning: expect.any(String) }]);
  });

  it.each([
    'postgres://user:password@host/database',
    'smtp://user:secret@mail.example.org:587',
    'redis://:hunter2@127.0.0.1:6379',
    'hf_from_a_file',
    'https://hooks.slack.com/services/T1/B2/x3',
    '-----BEGIN PUBLIC KEY-----',
  ])('takes %s for an example', (text) => {
    expect(secretsIn(text)).toEqual([]);
  });
});
