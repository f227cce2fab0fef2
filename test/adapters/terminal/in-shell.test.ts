import { describe, expect, it } from 'vitest';
import { inShell } from '../../../adapters/terminal/in-shell.ts';
import { layOut } from '../../../adapters/terminal/layout.ts';

describe('a command in a sentence', () => {
  it.each([
    [
      'There is none yet. "/paper feed add" makes one.',
      'There is none yet. "paperwire paper feed add" makes one.',
    ],
    [
      '2 refused. "/paper delivery resend id:a@2026-11-23#0" sends again, "/paper delivery list" shows all.',
      '2 refused. "paperwire delivery resend a@2026-11-23#0" sends again, "paperwire delivery list" shows all.',
    ],
    [
      'Example: /paper feed edit id:k4t2m9 time:17:30',
      'Example: paperwire paper feed edit --id k4t2m9 --time 17:30',
    ],
    [
      'For example: /paper search query:"diffusion, author:ada" limit:5.',
      'For example: paperwire paper search --query "diffusion, author:ada" --limit 5.',
    ],
    [
      'Change it first: /paper feed edit topics:none.',
      'Change it first: paperwire paper feed edit --topics none.',
    ],
    [
      '"/paper follow" with author:Name follows one.',
      '"paperwire paper follow" with author:Name follows one.',
    ],
  ])('%s', (said, inTerminal) => {
    expect(inShell(said)).toBe(inTerminal);
  });

  it.each([
    'In a Slack channel: give /invite there, then /paper feed add.',
    'https://example.org/paper search',
    '"/papers" is another page.',
  ])('is left alone where it is meant for a chat, or is none: %s', (said) => {
    expect(inShell(said)).toBe(said);
  });

  it('is so laid out in paragraphs and rows', () => {
    const rows = [{ name: 'Not out', value: '"/paper delivery list" shows all.' }];
    const card = { kind: 'text' as const, title: 'Status', paragraphs: ['"/paper help"'], rows };
    const laid = layOut(card, { columns: 80, hasColor: false, hasLinks: false });
    expect(laid).toContain('"paperwire paper help"');
    expect(laid).toContain('"paperwire delivery list" shows all.');
  });
});
