import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { isMemberId, memberFrom, memberIdOf } from '../../../adapters/web/members.ts';

/** Asks who one is; out: the member's id and what the browser is to keep. */
async function ask(cookie?: string, isSecure = false): Promise<{ member: string; kept: string | null }> {
  const app = new Hono();
  app.get('/', (context) => context.text(memberFrom(context, { isSecure })));
  const answer = await app.request('/', cookie === undefined ? {} : { headers: { Cookie: cookie } });
  return { member: await answer.text(), kept: answer.headers.get('Set-Cookie') };
}

/** What a browser sends back. */
function sent(kept: string | null): string {
  return kept?.split(';', 1)[0] ?? '';
}

describe('members', () => {
  it('are new with a browser, and the same with what it keeps', async () => {
    const { member, kept } = await ask();
    expect(isMemberId(member)).toBe(true);
    expect(await ask(sent(kept))).toEqual({ member, kept: null });
    expect((await ask()).member).not.toBe(member);
  });

  it('are told apart by 128 random bits, which scripts and other sites do not get', async () => {
    const { kept } = await ask();
    expect(kept).toMatch(/^paperwire-member=[\w-]{22}; Max-Age=34560000; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  it('are bound to https where they came by it', async () => {
    const { member, kept } = await ask(undefined, true);
    expect(kept).toMatch(
      /^__Host-paperwire-member=[\w-]{22}; Max-Age=34560000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect(await ask(sent(kept), true)).toEqual({ member, kept: null });
    expect((await ask(sent(kept).replace('__Host-', ''), true)).member).not.toBe(member);
  });

  it.each(['', 'short', `${'a'.repeat(22)}!`, 'a'.repeat(4000), '%00', '"quoted"'])(
    'are new where the cookie holds "%s"',
    async (value) => {
      const { member, kept } = await ask(`paperwire-member=${value}; other=1`);
      expect(sent(kept)).toMatch(/^paperwire-member=[\w-]{22}$/);
      expect(isMemberId(member)).toBe(true);
      expect(member).not.toBe(memberIdOf(value));
    },
  );

  it('have ids from which nobody gets back to the cookie', async () => {
    const { member, kept } = await ask();
    const token = sent(kept).split('=')[1] ?? '';
    expect(member).toBe(memberIdOf(token));
    expect(token).not.toContain(member);
    expect((await ask(`paperwire-member=${member}`)).member).not.toBe(member);
    expect((await ask(`paperwire-member=${member.padEnd(22, '0')}`)).member).not.toBe(member);
  });

  it('have ids of one form only', () => {
    for (const wrong of ['', 'ada', 'A'.repeat(16), 'a'.repeat(15), 'a'.repeat(17), `${'a'.repeat(16)}\n`])
      expect(isMemberId(wrong)).toBe(false);
  });
});
