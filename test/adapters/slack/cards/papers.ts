import type { CardEntry } from '../../../../src/domain/card.ts';
import { nastyEntriesOf, textOf } from '../../discord/cards/papers.ts';

/** What Slack would obey, if it were let; each has been a way to forge something somewhere. */
export const SLACK_ATTACKS = [
  '<!channel>',
  '<!here> <!everyone> <!subteam^S0123456789>',
  '<!subteam^S0123456789|@all>',
  '<@U0123456789> <@W0123456789|name> <#C0123456789> <#C0123456789|general>',
  '<!date^1700000000^{date}|soon>',
  '@here @channel @everyone #general',
  '<https://evil.example>',
  '<https://evil.example|https://huggingface.co>',
  'x|y> <https://evil.example|click',
  '&lt;!channel&gt; &amp;lt;',
  '&#60;!channel&#62;',
  'https://evil.example/x evil.example www.evil.example mailto:a@evil.example',
  '*bold* _italic_ ~strike~ `code`',
  '*_~all~_*',
  '**twice** __twice__ ~~twice~~ ***',
  '*open',
  'closed*',
  '_open ~open',
  'a*b*c x_y_z u~v~w',
  '(*x*) "_y_" -~z~',
  '漢*字* é_x_ א*ב*',
  '```block``` ``two``',
  '`',
  '> quote',
  '>>> all of it',
  '&gt; quote',
  '• item',
  '1. Forged paper',
  '▲ 999 · forged',
  ':smile: :+1::skin-tone-2: :white_check_mark:',
  'a:100:b 12:30:45 ::x::',
  'A* search, π* and pass@k with model_name_v2 and __init__',
  '5 < 6 & 7 > 4',
  'evil.example/login now',
  '$x^{*}$, $O(n \\log n)$, \\mathbb{R}_+',
] as const;

/** A text in which everything is that Slack or Discord would obey, seldom a very long one. */
export const aSlackText = textOf(SLACK_ATTACKS);

/** Invented papers in which every text and every address may be hostile, numbered from 1; the same for the same seed. */
export function slackEntries(count: number, seed: number): CardEntry[] {
  return nastyEntriesOf(aSlackText, count, seed);
}

const LOOK_ALIKES: Readonly<Record<string, string>> = {
  '∗': '*',
  ˍ: '_',
  '∼': '~',
  '‘': '`',
  '∶': ':',
  '›': '>',
  '∙': '•',
  '∣': '|',
};

/** A text with what only looks like a sign as the sign itself. */
export function withSigns(text: string): string {
  return text.replace(/[∗ˍ∼‘∶›∙∣]/g, (sign) => LOOK_ALIKES[sign] ?? sign);
}
