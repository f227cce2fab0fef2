import { UsageError } from '../errors.ts';
import type { Run } from '../main.ts';
import { readArguments } from './arguments.ts';
import { printJson, write } from './session.ts';

const SPEC = {
  usage: 'paperwire manifest slack [--socket | --http …] [--oauth] [--history] [--unfurl] [--files] [--json]',
  options: {
    socket: { type: 'boolean' },
    http: { type: 'string' },
    oauth: { type: 'boolean' },
    history: { type: 'boolean' },
    unfurl: { type: 'boolean' },
    files: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  help: {
    socket: 'Slack is heard over a connection of ours: no open port (default)',
    http: 'Slack calls this https address, the one of PUBLIC_URL',
    oauth: 'Many teams install it by themselves, and its tokens rotate',
    history: 'May look whether a message arrived before it sends it again',
    unfurl: 'Shows the paper under links to arXiv and Hugging Face',
    files: 'May hand over saved papers as a file',
    json: 'One JSON document: the manifest and the reason for each scope',
  },
} as const;

/** `paperwire manifest slack`: the app to paste at Slack, on standard output, and why it asks for what it asks for. */
export const run: Run = async ([first = '', ...rest]) => {
  const isNamed = first !== '' && !first.startsWith('-');
  const values = readArguments(isNamed ? rest : [first, ...rest].filter(Boolean), SPEC);
  if (!values) return 0;
  if (first !== 'slack') throw new UsageError('Say which platform: paperwire manifest slack.');
  const { manifest } = await import('../../adapters/slack/manifest.ts');
  const { history = false, unfurl = false, files = false, json = false } = values;
  const made = manifest(wayOf(values), { history, unfurl, files });
  if (json) await printJson(made);
  else {
    await write(`${JSON.stringify(made.manifest, null, 2)}\n`);
    process.stderr.write(textOf(made.reasons));
  }
  return 0;
};

interface Given {
  socket?: boolean;
  http?: string;
  oauth?: boolean;
}

type Way = { mode: 'socket' } | { mode: 'http'; url: string; isForMany?: boolean };

function wayOf({ socket = false, http, oauth = false }: Given): Way {
  if (http === undefined && oauth)
    throw new UsageError('--oauth needs --http: teams come back to that address.');
  if (http === undefined) return { mode: 'socket' };
  if (socket) throw new UsageError('Give either --socket or --http, not both.');
  const url = URL.canParse(http) ? new URL(http) : undefined;
  const isPlain = url && `${url.username}${url.password}${url.search}${url.hash}` === '';
  if (!isPlain || url.protocol !== 'https:')
    throw new UsageError('--http takes the address of PUBLIC_URL, such as https://papers.example.org.');
  return { mode: 'http', url: http.replace(/\/+$/, ''), isForMany: oauth };
}

/** On standard error, so that what is piped is the manifest alone. */
function textOf(reasons: readonly { scope: string; why: string; isOptional: boolean }[]): string {
  const width = Math.max(...reasons.map(({ scope }) => scope.length));
  const line = ({ scope, why, isOptional }: (typeof reasons)[number]) =>
    `  ${scope.padEnd(width)}  ${why}${isOptional ? ' (optional)' : ''}`;
  return [
    'Paste this at https://api.slack.com/apps: Create New App, From a manifest. It asks for these scopes and no other:',
    ...reasons.map(line),
    '',
  ].join('\n');
}
