import { readFileSync } from 'node:fs';
import mjml2html from 'mjml';
import { describe, expect, it } from 'vitest';

const FOLDER = new URL('../../../../adapters/email/cards/', import.meta.url);

function read(name: string): string {
  return readFileSync(new URL(name, FOLDER), 'utf8');
}

/** The layout as MJML compiles it, without what only makes it longer. */
async function compiled(): Promise<string> {
  const { html, errors } = await mjml2html(read('layout.mjml'), {
    validationLevel: 'strict',
    keepComments: false,
    // Nothing comes from outside, fonts neither.
    fonts: {},
  });
  expect(errors).toEqual([]);
  return `${html.replace(/\s*\n\s*/g, '\n').trim()}\n`;
}

/** Names of the places in a layout. */
function placesIn(source: string): string[] {
  return [...new Set([...source.matchAll(/\{[#/]?([a-z]+)\}/g)].map(([, name = '']) => name))].sort();
}

describe('the layout', () => {
  it('is what MJML makes of its source', async () => {
    await expect(await compiled()).toMatchFileSnapshot(new URL('layout.compiled', FOLDER).pathname);
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
