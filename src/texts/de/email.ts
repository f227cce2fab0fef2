// Made by machine; no native speaker has reviewed it.
import type { Texts } from '../index.ts';

export const email: Texts['email'] = {
  title: 'Paper per E-Mail',
  onItsWay: (address) => `Wenn ${address} Post empfangen kann, ist eine Nachricht dorthin unterwegs.`,
  confirm: 'Mehr wird nicht gesendet, ehe ihr Link geöffnet und bestätigt ist; der Link gilt zwei Tage.',
  list: 'Liste',
  lists: { daily: 'täglich', weekly: 'wöchentlich', monthly: 'monatlich' },
  when: 'Wann',
  about: 'Worüber',
  all: 'alle Paper der Liste',
  leftOut: (names) => `Themen dieses Workspace kommen nicht per E-Mail: ${names}.`,
  limited: 'Du hast schon viele Nachrichten senden lassen. Bitte versuche es in einer Stunde noch einmal.',
  notSetUp:
    'Hier ist keine E-Mail eingerichtet. Wer Paperwire betreibt, kann das tun, mit SMTP_URL und MAIL_FROM.',
};
