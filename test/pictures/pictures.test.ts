import { describe, expect, it } from 'vitest';
import { checkMessage } from '../discord-checks/check.ts';
import { assertInert } from '../discord-checks/inert.ts';
import { preview } from './preview.ts';
import { SCENES } from './scenes.ts';

describe.each(Object.entries(SCENES))('picture %s', (_, scenes) => {
  it('shows messages that Discord would take', () => {
    const bodies = scenes.flatMap(({ messages }) => messages.map(({ body }) => body));
    expect(bodies.length).toBeGreaterThan(0);
    for (const body of bodies) {
      expect(checkMessage(body)).toEqual([]);
      assertInert(body);
    }
  });

  it('needs nothing from outside', () => {
    expect(preview(scenes)).not.toMatch(/(?:src|href)=|url\(|@import|<img|<link/);
  });
});
