import { createDraw } from '../../adapters/email/cards/draw.ts';
import { render } from '../../adapters/email/cards/payload.ts';
import type { Card } from '../../src/domain/card.ts';
import { type WholeMail, whole } from '../mail-checks/whole.ts';
import { edition } from './cards.ts';

/** A mail as it is drawn. */
export interface MailScene {
  mail: WholeMail;
  /** Of the window, in CSS pixels; all of the mail where there is no height. */
  width: number;
  height?: number;
  isDark?: true;
}

const LINKS = {
  manage: 'https://papers.example.org/email/manage/token',
  unsubscribe: 'https://papers.example.org/email/unsubscribe/token',
};

/** Why some papers of the list came, to somebody who follows two topics and an organisation. */
const REASONS: Readonly<Record<string, string>> = {
  '2608.19880': 'Agents: "Agent" in the title',
  '2608.18580': 'Agents: "agents" in the summary',
  '2608.20336': 'Tencent Hunyuan',
  '2608.14022': 'World models: "World Models" in the title',
};

/** The edition of the day, as a subscriber gets it. */
export function mailedEdition(): WholeMail {
  const draw = createDraw();
  const [mail] = edition('digest')
    .map(withReasons)
    .flatMap(render)
    .map((payload) => whole(draw(payload, LINKS)));
  if (!mail) throw new Error('There is no edition.');
  return mail;
}

function withReasons(card: Card): Card {
  if (card.kind !== 'list') return card;
  const sections = card.sections.map((section) => ({
    ...section,
    entries: section.entries.map((entry) => {
      const reason = REASONS[entry.paper.id];
      return reason === undefined ? entry : { ...entry, reason };
    }),
  }));
  return { ...card, sections };
}

const mail = mailedEdition();

/** By the name of the picture. */
export const MAIL_SCENES: Readonly<Record<string, MailScene>> = {
  'light-800': { mail, width: 800, height: 1100 },
  'dark-800': { mail, width: 800, height: 1100, isDark: true },
  'light-360': { mail, width: 360 },
  'dark-360': { mail, width: 360, height: 1100, isDark: true },
};
