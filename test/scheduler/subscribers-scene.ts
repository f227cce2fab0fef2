import { memberAt } from '../../src/domain/member.ts';
import { digestId } from '../../src/scheduler/digests.ts';
import { MAIL } from '../../src/subscribers.ts';
import { closeAfter } from '../closing.ts';
import { ADDRESS, openMails } from './mails.ts';

const MEMBER = memberAt(MAIL, ADDRESS);
export const ID = digestId(MEMBER);

export async function open(given?: Parameters<typeof openMails>[0]) {
  return closeAfter(await openMails(given));
}
