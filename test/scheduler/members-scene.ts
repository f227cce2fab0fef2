import { closeAfter } from '../closing.ts';
import { openFollowed } from '../members.ts';

export async function open() {
  return closeAfter(await openFollowed());
}
