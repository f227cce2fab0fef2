import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';
import { makeFolder, problems } from './config/configs.ts';

const folder = makeFolder();

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

describe('the key by which tokens are sealed', () => {
  it('is long enough not to be guessed', () => {
    const key = 'k'.repeat(32);
    expect(readConfig({ SECRET_KEY: key })).toMatchObject({ secretKey: key, secrets: [key] });
    expect(readConfig({})).not.toHaveProperty('secretKey');
    expect(problems({ SECRET_KEY: 'k'.repeat(31) })).toEqual(['SECRET_KEY']);
  });
});
