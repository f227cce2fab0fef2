import { afterAll, beforeAll } from 'vitest';
import { testAdapter } from '../../contracts/adapter.ts';
import { closeMailSite, type MailSite, mailSubject, openMailSite } from './bench.ts';

let site: MailSite;
beforeAll(async () => {
  site = await openMailSite();
});
afterAll(() => closeMailSite(site));

testAdapter(mailSubject(() => site));
