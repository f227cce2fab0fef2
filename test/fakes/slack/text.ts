import type { Message, View } from './state.ts';

/** All that a message shows as text. */
export function messageText(_message: Message | undefined): string {
  return '';
}

/** All that a view shows as text. */
export function viewText(_view: View | undefined): string {
  return '';
}
