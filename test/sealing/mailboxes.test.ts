import { describe, expect, it } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { createMailboxes } from '../../src/sealing/mailboxes.ts';
import { openStore } from '../../src/stores/index.ts';
import type { Mailbox } from '../../src/subscribers.ts';
import { closeAfter } from '../closing.ts';
import { createFakeClock } from '../fakes/clock.ts';

const AT = '2026-11-23T09:00:00.000Z';
const REFUSED: Mailbox = { refusals: 2, changedAt: AT };
const COMPLAINED: Mailbox = { refusals: 0, blocked: 'complained', changedAt: AT };

async function open() {
  const store = closeAfter(await openStore('memory:', { clock: createFakeClock(AT), log: silentLog }));
  const by = (secretKey: string) => createMailboxes({ store, secretKey });
  return { store, by, mailboxes: by('k'.repeat(32)) };
}

describe('mailboxes', () => {
  it('are known by their address, however it is written, and each alone', async () => {
    const { mailboxes } = await open();
    expect(await mailboxes.get('ada@example.org')).toBeUndefined();
    await mailboxes.set('Ada@Example.org ', REFUSED);
    expect(await mailboxes.get('ada@EXAMPLE.ORG')).toEqual(REFUSED);
    await mailboxes.set('ada@example.org', COMPLAINED);
    expect(await mailboxes.get('ada@example.org')).toEqual(COMPLAINED);
    expect(await mailboxes.get('bo@example.org')).toBeUndefined();
    await mailboxes.set('eve@Bücher.example', REFUSED);
    expect(await mailboxes.get('eve@xn--bcher-kva.example')).toEqual(REFUSED);
  });

  it('are open once nothing is said against them, twice the same', async () => {
    const { mailboxes } = await open();
    await mailboxes.set('ada@example.org', COMPLAINED);
    await mailboxes.clear('ADA@example.org');
    await mailboxes.clear('ADA@example.org');
    expect(await mailboxes.get('ada@example.org')).toBeUndefined();
  });

  it('name nobody to whoever has the store and not the key', async () => {
    const { store, mailboxes, by } = await open();
    await mailboxes.set('ada@example.org', COMPLAINED);
    const lines: string[] = [];
    for await (const line of store.transfer.read()) lines.push(JSON.stringify(line));
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toMatch(/ada|example/);
    expect(await by('l'.repeat(32)).get('ada@example.org')).toBeUndefined();
    expect(await by('k'.repeat(32)).get('ada@example.org')).toEqual(COMPLAINED);
  });
});
