import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';
import { ConfigError } from '../src/errors.ts';

const folder = mkdtempSync(join(tmpdir(), 'paperwire-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

function problems(environment: Record<string, string>): string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ variable }) => variable);
  }
}

describe('the environment', () => {
  it('may be empty', () => {
    expect(readConfig({})).toMatchObject({
      huggingFaceUrl: 'https://huggingface.co',
      arxivUrl: 'https://export.arxiv.org',
      storeUrl: 'sqlite:data/paperwire.db',
      logLevel: 'info',
      secrets: [],
    });
  });

  it('takes blanks and empty values for nothing said', () => {
    expect(readConfig({ LOG_LEVEL: '', STORE_URL: '  ' }).storeUrl).toBe('sqlite:data/paperwire.db');
  });

  it('points the sources anywhere', () => {
    const { huggingFaceUrl, arxivUrl } = readConfig({
      HUGGING_FACE_URL: 'http://127.0.0.1:9000/',
      ARXIV_URL: 'http://[::1]:1/x',
    });
    expect([huggingFaceUrl, arxivUrl]).toEqual(['http://127.0.0.1:9000', 'http://[::1]:1/x']);
  });

  it('reads from Hugging Face, and from no source that is not there', () => {
    expect(readConfig({}).source).toBe('hugging-face');
    expect(problems({ SOURCE: 'tomorrow' })).toEqual(['SOURCE']);
    expect(problems({ SOURCE_URL: 'https://papers.example.org' })).toEqual(['SOURCE_URL']);
    expect(problems({ SOURCE_URL: 'nowhere' })).toContain('SOURCE_URL');
  });

  it('reports every bad variable at once', () => {
    const bad = {
      HUGGING_FACE_URL: 'huggingface.co',
      ARXIV_URL: 'ftp://x',
      STORE_URL: 'mysql://root:secret@db',
      LOG_LEVEL: 'loud',
      HUGGING_FACE_TOKEN_FILE: join(folder, 'none'),
    };
    expect(problems(bad)).toEqual([
      'HUGGING_FACE_TOKEN_FILE',
      'HUGGING_FACE_URL',
      'ARXIV_URL',
      'STORE_URL',
      'LOG_LEVEL',
    ]);
    expect(() => readConfig(bad)).toThrow(
      /LOG_LEVEL: "loud" is not one of debug, info, warn, error, silent\./,
    );
    expect(() => readConfig(bad)).not.toThrow(/secret/);
  });
});

describe('what several processes share', () => {
  const STORE = 'postgres://paperwire:pa%20ss%2Fword@db.example:5432/papers';
  const QUEUE = 'rediss://:hunter22@queue.example/3';

  it('is named by addresses, whose passwords are secrets in every form', () => {
    const config = readConfig({ STORE_URL: STORE, QUEUE_URL: QUEUE });
    expect(config).toMatchObject({ storeUrl: STORE, queueUrl: QUEUE, indexPath: ':memory:' });
    expect(config.secrets).toEqual(['pa%20ss%2Fword', 'pa ss/word', 'hunter22']);
    expect(readConfig({ STORE_URL: 'redis://127.0.0.1' }).secrets).toEqual([]);
    expect(readConfig({ STORE_URL: 'postgresql://u:100%@db/p' }).secrets).toEqual(['100%']);
  });

  it('may be given in a file', () => {
    const file = join(folder, 'store');
    writeFileSync(file, `${STORE}\n`);
    expect(readConfig({ STORE_URL_FILE: file }).storeUrl).toBe(STORE);
  });

  it.each([
    ['STORE_URL', 'mysql://root:secret@db', /"mysql:" is not known; use sqlite:<file>.*postgres:.*redis:/],
    ['STORE_URL', 'sqlite:', /"sqlite:" lacks what follows/],
    ['STORE_URL', 'postgres:secret', /"postgres:" lacks what follows/],
    ['STORE_URL', 'redis://', /"redis:" lacks what follows/],
    ['STORE_URL', 'secret', /what is given is not known/],
    ['QUEUE_URL', 'sqlite:data/queue.db', /"sqlite:" is not known; use redis:.*postgres:/],
    ['QUEUE_URL', 'amqp://guest:secret@mq', /"amqp:" is not known/],
  ])('%s may not be %s, and no more than its scheme is repeated', (variable, value, problem) => {
    const read = () => readConfig({ [variable]: value });
    expect(read).toThrow(problem);
    expect(read).not.toThrow(/secret/);
  });

  it('a queue is of no use beside a store in memory', () => {
    expect(problems({ STORE_URL: 'memory:', QUEUE_URL: QUEUE })).toEqual(['QUEUE_URL']);
    expect(problems({ QUEUE_URL: QUEUE })).toEqual([]);
  });

  it('tokens that are kept there are sealed by a key that all know', () => {
    const slack = { SLACK_BOT_TOKEN: 'xoxb-1-a', SLACK_APP_TOKEN: 'xapp-1-a' };
    expect(problems({ ...slack, STORE_URL: STORE })).toEqual(['SECRET_KEY']);
    expect(problems({ ...slack, STORE_URL: STORE, SECRET_KEY: 'k'.repeat(32) })).toEqual([]);
    expect(problems({ STORE_URL: STORE })).toEqual([]);
  });
});

describe('alarms and the archive', () => {
  it('are for whoever asks for them', () => {
    const config = readConfig({});
    expect(config).not.toHaveProperty('alarmUrl');
    expect(config).not.toHaveProperty('archiveDays');
  });

  it('an address that takes alarms is a secret as a whole, and may come from a file', () => {
    const url = 'https://alarms.example/hooks/T1?key=abc';
    const file = join(folder, 'alarm');
    writeFileSync(file, `${url}\n`);
    for (const environment of [{ ALARM_URL: url }, { ALARM_URL_FILE: file }]) {
      expect(readConfig(environment)).toMatchObject({ alarmUrl: url, secrets: [url] });
    }
    expect(readConfig({ ALARM_URL: url, HUGGING_FACE_TOKEN: 'hf_x' }).secrets).toEqual(['hf_x', url]);
  });

  it.each(['alarms.example', 'ftp://alarms.example', 'https://user:secret@alarms.example'])(
    '"%s" is no such address, and is not repeated',
    (url) => {
      expect(problems({ ALARM_URL: url })).toEqual(['ALARM_URL']);
      expect(() => readConfig({ ALARM_URL: url })).not.toThrow(url);
    },
  );

  it('an archive is kept for so many days, thirty at least', () => {
    expect(readConfig({ ARCHIVE_DAYS: '30' }).archiveDays).toBe(30);
    expect(readConfig({ ARCHIVE_DAYS: ' 99999 ' }).archiveDays).toBe(99_999);
    for (const days of ['29', '0', '-40', '1e3', '30.5', 'for ever', '100000']) {
      expect(problems({ ARCHIVE_DAYS: days }), days).toEqual(['ARCHIVE_DAYS']);
    }
  });
});

describe('a secret', () => {
  it('comes from its variable or from a file, not from both', () => {
    const file = join(folder, 'token');
    writeFileSync(file, 'hf_from_a_file\n');
    expect(readConfig({ HUGGING_FACE_TOKEN: 'hf_x' })).toMatchObject({
      huggingFaceToken: 'hf_x',
      secrets: ['hf_x'],
    });
    expect(readConfig({ HUGGING_FACE_TOKEN_FILE: file }).huggingFaceToken).toBe('hf_from_a_file');
    expect(problems({ HUGGING_FACE_TOKEN: 'hf_x', HUGGING_FACE_TOKEN_FILE: file })).toEqual([
      'HUGGING_FACE_TOKEN',
    ]);
  });

  it('may not be an empty file', () => {
    const file = join(folder, 'empty');
    writeFileSync(file, '\n');
    expect(problems({ HUGGING_FACE_TOKEN_FILE: file })).toEqual(['HUGGING_FACE_TOKEN_FILE']);
  });
});

const BOT = { SLACK_BOT_TOKEN: 'xoxb-1-2-x', SLACK_APP_TOKEN: 'xapp-1-A1-2-x' };
const MANY = {
  SLACK_CLIENT_ID: '1.2',
  SLACK_CLIENT_SECRET: 'client-secret',
  SLACK_SIGNING_SECRET: 'signing-secret',
  PUBLIC_URL: 'https://papers.example.org/',
};

describe('Slack', () => {
  it('is set up by none of its variables, and not by its address alone', () => {
    expect(readConfig({})).not.toHaveProperty('slack');
    expect(readConfig({ SLACK_API_URL: 'http://127.0.0.1:1/api/' })).not.toHaveProperty('slack');
  });

  it('runs for one team over a connection of ours, or over HTTP', () => {
    expect(readConfig(BOT).slack).toEqual({
      apiUrl: 'https://slack.com/api/',
      extras: [],
      hearing: { kind: 'socket', appToken: 'xapp-1-A1-2-x' },
      tokens: { kind: 'one', botToken: 'xoxb-1-2-x' },
    });
    const http = readConfig({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's1gn' }).slack;
    expect(http?.hearing).toEqual({ kind: 'http', signingSecret: 's1gn' });
  });

  it('takes the connection where both are given, as an app with Socket Mode on is told nothing by HTTP', () => {
    expect(readConfig({ ...BOT, SLACK_SIGNING_SECRET: 's1gn' }).slack?.hearing.kind).toBe('socket');
  });

  it('runs for many teams by OAuth', () => {
    const config = readConfig(MANY);
    expect(config.slack).toEqual({
      apiUrl: 'https://slack.com/api/',
      extras: [],
      hearing: { kind: 'http', signingSecret: 'signing-secret' },
      tokens: { kind: 'many', clientId: '1.2', clientSecret: 'client-secret' },
    });
    expect(config.http).toEqual({ host: '127.0.0.1', port: 8787, publicUrl: 'https://papers.example.org' });
    const state = readConfig({ ...MANY, SLACK_STATE_SECRET: 'state' });
    expect(state.slack?.tokens).toMatchObject({ stateSecret: 'state' });
    expect(state.secrets).toEqual(['signing-secret', 'client-secret', 'state']);
  });

  it('asks for more only where it is told to', () => {
    expect(readConfig({ ...BOT, SLACK_EXTRAS: 'Files, history,' }).slack?.extras).toEqual([
      'history',
      'files',
    ]);
    expect(() => readConfig({ ...BOT, SLACK_EXTRAS: 'history,admin' })).toThrow(
      'SLACK_EXTRAS: "admin" is not one of history, unfurl, files; separate several by commas.',
    );
  });

  it.each(['https://slack.example/api', 'https://slack.example/api/', 'https://slack.example/api//'])(
    'has one slash at the end of its address: %s',
    (SLACK_API_URL) => {
      expect(readConfig({ ...BOT, SLACK_API_URL }).slack?.apiUrl).toBe('https://slack.example/api/');
    },
  );

  it('never shows its secrets, which may come from files', () => {
    const file = join(folder, 'bot-token');
    writeFileSync(file, 'xoxb-from-a-file\n');
    const config = readConfig({ SLACK_BOT_TOKEN_FILE: file, SLACK_APP_TOKEN: 'xapp-1' });
    expect(config.slack?.tokens).toEqual({ kind: 'one', botToken: 'xoxb-from-a-file' });
    expect(config.secrets).toEqual(['xapp-1', 'xoxb-from-a-file']);
  });

  it.each<[string, Record<string, string>, string, RegExp]>([
    ['a bot token alone', { SLACK_BOT_TOKEN: 'xoxb-1' }, 'SLACK_SIGNING_SECRET', /or SLACK_APP_TOKEN/],
    ['a way to hear alone', { SLACK_APP_TOKEN: 'xapp-1' }, 'SLACK_BOT_TOKEN', /or SLACK_CLIENT_ID/],
    ['one team and many', { ...MANY, SLACK_BOT_TOKEN: 'xoxb-1' }, 'SLACK_BOT_TOKEN', /not both/],
    ['no client secret', { ...MANY, SLACK_CLIENT_SECRET: '' }, 'SLACK_CLIENT_SECRET', /Basic Information/],
    ['no client id', { ...MANY, SLACK_CLIENT_ID: '' }, 'SLACK_CLIENT_ID', /Basic Information/],
    ['no address to come back to', { ...MANY, PUBLIC_URL: '' }, 'PUBLIC_URL', /https address/],
    ['no signing secret', { ...MANY, SLACK_SIGNING_SECRET: '' }, 'SLACK_SIGNING_SECRET', /give it for HTTP/],
    ['an app token for a bot token', { ...BOT, SLACK_BOT_TOKEN: 'xapp-1' }, 'SLACK_BOT_TOKEN', /xoxb-/],
    ['a bot token for an app token', { ...BOT, SLACK_APP_TOKEN: 'xoxb-1' }, 'SLACK_APP_TOKEN', /xapp-/],
    ['a client id with a blank', { ...MANY, SLACK_CLIENT_ID: '1 2' }, 'SLACK_CLIENT_ID', /blanks/],
  ])('with %s says what to do', (_what, environment, variable, sentence) => {
    expect(problems(environment)).toContain(variable);
    expect(() => readConfig(environment)).toThrow(sentence);
  });
});

describe('the port', () => {
  it('may be any that is free', () => {
    const password = { WEB_PASSWORD: 'correct-horse' };
    expect(readConfig({ HTTP_HOST: '::', HTTP_PORT: '0', ...password }).http).toEqual({
      host: '::',
      port: 0,
    });
    expect(problems({ HTTP_PORT: '65536' })).toEqual(['HTTP_PORT']);
    expect(problems({ HTTP_HOST: 'two words' })).toEqual(['HTTP_HOST']);
  });

  it.each(['http://127.0.0.1:8787', 'http://localhost:1', 'http://[::1]:2', 'https://papers.example/slack'])(
    'is reached at %s',
    (url) => {
      expect(readConfig({ PUBLIC_URL: url, WEB_PASSWORD: 'correct-horse' }).http.publicUrl).toBe(url);
    },
  );

  it.each([
    'http://papers.example',
    'papers.example',
    'http://127.0.0.1.example',
    'https://u:p@papers.example',
  ])('is not reached at %s', (url) => {
    expect(problems({ PUBLIC_URL: url })).toEqual(['PUBLIC_URL']);
  });
});

describe('the key by which tokens are sealed', () => {
  it('is long enough not to be guessed', () => {
    const key = 'k'.repeat(32);
    expect(readConfig({ SECRET_KEY: key })).toMatchObject({ secretKey: key, secrets: [key] });
    expect(readConfig({})).not.toHaveProperty('secretKey');
    expect(problems({ SECRET_KEY: 'k'.repeat(31) })).toEqual(['SECRET_KEY']);
  });
});

describe('the web side', () => {
  it('has the playground where no platform is set up, and beside one only with a password', () => {
    const playground = (environment: Record<string, string>) => readConfig(environment).web.hasPlayground;
    expect(playground({})).toBe(true);
    expect(playground({ DISCORD_TOKEN: 'token-of-a-bot' })).toBe(false);
    expect(playground({ DISCORD_TOKEN: 'token-of-a-bot', WEB_PASSWORD: 'correct-horse' })).toBe(true);
  });

  it('wants a password where others than this machine reach the playground', () => {
    expect(problems({ HTTP_HOST: '0.0.0.0' })).toEqual(['WEB_PASSWORD']);
    expect(problems({ PUBLIC_URL: 'https://papers.example.org' })).toEqual(['WEB_PASSWORD']);
    expect(problems({ HTTP_HOST: '0.0.0.0', WEB_PASSWORD: 'correct-horse' })).toEqual([]);
    expect(problems({ HTTP_HOST: '0.0.0.0', DISCORD_TOKEN: 'token-of-a-bot' })).toEqual([]);
    for (const host of ['127.0.0.1', '::1', 'localhost']) expect(problems({ HTTP_HOST: host })).toEqual([]);
  });

  it('takes no password that is soon guessed, and shows none', () => {
    expect(problems({ WEB_PASSWORD: 'horse' })).toEqual(['WEB_PASSWORD']);
    expect(readConfig({ WEB_PASSWORD: 'correct-horse' }).secrets).toEqual(['correct-horse']);
  });

  it.each(['correct horse', 'richtiges-pferdchen-süß', 'line\nbreak'])(
    'takes no password that browsers may send in different ways, and says so: %j',
    (password) => {
      expect(() => readConfig({ WEB_PASSWORD: password })).toThrow(
        'WEB_PASSWORD: it has blanks or letters beyond ASCII, which not every browser sends alike;',
      );
    },
  );

  it('keeps the playground’s messages beside the store', () => {
    const { web } = readConfig({ STORE_URL: 'sqlite:data/lab.db' });
    expect(web.boardPath).toBe('data/lab.playground.db');
    expect(readConfig({ STORE_URL: 'memory:' }).web.boardPath).toBe(':memory:');
  });
});
