import type { CardEntry } from '../../../../src/domain/card.ts';
import { nastyEntriesOf, textOf } from '../../discord/cards/papers.ts';

/** What a mail program would obey, if it were let; each has been a way to forge something somewhere. */
const MAIL_ATTACKS = [
  '<script>alert(1)</script>',
  '</title><script>alert(1)</script>',
  '</p></div></td></tr></table><h1>Forged</h1>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '<a href="https://evil.example">https://huggingface.co</a>',
  '<img src="https://evil.example/pixel.png" width="1" height="1">',
  '<style>* { display: none }</style>',
  '<base href="https://evil.example/"><form action="https://evil.example">',
  '<meta http-equiv="refresh" content="0; url=https://evil.example">',
  '--><script>alert(1)</script><!--',
  '<!--[if mso]><p>Forged</p><![endif]-->',
  '<![CDATA[ x ]]> <?php x ?>',
  '&lt;b&gt; &#60;i&#62; &amp;amp; &nbsp;',
  'Subject\r\nBcc: everybody@evil.example',
  'Subject\nContent-Type: text/html\n\n<b>Forged</b>',
  '=?utf-8?Q?=0D=0ABcc:_everybody@evil.example?=',
  '\r\n.\r\nMAIL FROM:<evil@evil.example>',
  '\n--boundary\nContent-Type: text/html\n',
  'From nobody Mon Nov 23',
  '{title} {#papers}{name}{/papers} {end} {{url}}',
  '$& $1 $` %s',
  'https://evil.example/x www.evil.example evil.example',
  'evil.example/login now',
  '1. Forged paper',
  '▲ 999 · forged',
  '\n\n2. Forged paper\n   https://evil.example\n   ▲ 999',
  'Unsubscribe: https://evil.example',
  '== Forged ==',
] as const;

/** A text in which everything is that a mail program or a chat would obey, seldom a very long one. */
export const aMailText = textOf(MAIL_ATTACKS);

/** Invented papers in which every text and every address may be hostile, numbered from 1; the same for the same seed. */
export function mailEntries(count: number, seed: number): CardEntry[] {
  return nastyEntriesOf(aMailText, count, seed);
}
