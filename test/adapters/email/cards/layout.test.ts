import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const FOLDER = new URL('../../../../adapters/email/cards/', import.meta.url);

function read(name: string): string {
  return readFileSync(new URL(name, FOLDER), 'utf8');
}

/** The layout as MJML compiles it, without what only makes it longer. */
function compiled(): string {
  const files = ['layout-child.ts', '../../../../adapters/email/cards/layout.mjml'];
  const args = files.map((name) => fileURLToPath(new URL(name, import.meta.url)));
  const { html, errors } = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
  expect(errors).toEqual([]);
  return `${html.replace(/\s*\n\s*/g, '\n').trim()}\n`;
}

/** Names of the places in a layout. */
function placesIn(source: string): string[] {
  return [...new Set([...source.matchAll(/\{[#/]?([a-z]+)\}/g)].map(([, name = '']) => name))].sort();
}

describe('the layout', () => {
  it('is what MJML makes of its source', async () => {
    await expect(compiled()).toMatchFileSnapshot(new URL('layout.compiled', FOLDER).pathname);
  });

  it('says in plain text all that it says in HTML', () => {
    const onlyHtml = ['alt', 'preheader', 'subject', 'thumbnail'];
    const inHtml = placesIn(read('layout.compiled')).filter((name) => !onlyHtml.includes(name));
    expect(placesIn(read('layout.txt'))).toEqual(inHtml);
  });

  it('asks for nothing from outside and holds no script', () => {
    expect(read('layout.compiled')).not.toMatch(/<script|<link|@import|url\(|\bsrc="(?!\{url\}")/);
  });
});
