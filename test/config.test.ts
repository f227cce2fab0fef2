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
