import { describe, expect, it } from 'vitest';
import { createDraw } from '../../adapters/email/cards/draw.ts';
import { render } from '../../adapters/email/cards/payload.ts';
import { aList, CARDS, PAPER_CARD, USUAL } from '../contracts/adapter-cards.ts';
import { checkMail } from './check.ts';
import { checkInert } from './inert.ts';
import { readPlainShown, readShown, readText } from './read.ts';
import { type WholeMail, whole } from './whole.ts';

const draw = createDraw();
const LINKS = { manage: 'https://example.com/m/1', unsubscribe: 'https://example.com/u/1' };
const mails = CARDS.flatMap((card) => render(card)).map((payload) => whole(draw(payload, LINKS)));
const [good] = render(aList(2, () => USUAL)).map((payload) => whole(draw(payload, LINKS))) as [WholeMail];

/** The good mail with something put before the end of its body. */
const withBody = (html: string): WholeMail => ({
  ...good,
  html: good.html.replace('</body>', `${html}</body>`),
});

describe('the check of a mail', () => {
  it('finds nothing wrong with ours', () => {
    for (const mail of mails) expect(checkMail(mail)).toEqual([]);
  });

  it.each<[string, WholeMail]>([
    ['no subject', { ...good, subject: ' ' }],
    ['several lines', { ...good, subject: 'One\r\nBcc: all@example.com' }],
    ['a subject of 300', { ...good, subject: 'x'.repeat(300) }],
    ['bytes of HTML', withBody(`<p>${'字'.repeat(34_000)}</p>`)],
    ['no doctype', { ...good, html: '<html></html>' }],
    ['an end that is missing', { ...good, html: good.html.replace('</html>', '') }],
    ['no language', { ...good, html: good.html.replace('lang="en"', '') }],
    ['no color-scheme', { ...good, html: good.html.replace('name="color-scheme"', 'name="x"') }],
    ['no supported', { ...good, html: good.html.replace('name="supported-color-schemes"', 'name="x"') }],
    ['no dark colours', { ...good, html: good.html.replace('prefers-color-scheme', 'x') }],
    ['no viewport', { ...good, html: good.html.replace('name="viewport"', 'name="x"') }],
    ['characters of style', withBody(`<style>${'a{}'.repeat(6000)}</style>`)],
    ['a table', withBody('<table><tr><td>x</td></tr></table>')],
    ['without words', withBody('<img src="https://example.com/x.png" alt="" width="90" height="90">')],
    ['an image at', withBody('<img src="http://example.com/x.png" alt="x" width="90" height="90">')],
    ['an image of 1 by 1', withBody('<img src="https://example.com/x" alt="x" width="1" height="1">')],
    ['no text', { ...good, text: '\n' }],
    ['control characters', { ...good, text: 'a\rb' }],
    ['surrogate', { ...good, text: '\ud800' }],
  ])('finds: %s', (problem, mail) => {
    expect(checkMail(mail).join()).toContain(problem);
  });
});

describe('the look for what acts', () => {
  it('finds nothing in ours', () => {
    for (const mail of mails) expect(checkInert(mail)).toEqual([]);
  });

  it.each<[string, WholeMail]>([
    ['an element of others', withBody('<script>x</script>')],
    ['an element of others', withBody('<p onclick="x">x</p>')],
    ['an element of others', withBody('<p style="position:fixed">x</p>')],
    ['a comment', withBody('<!--[if mso]>x<![endif]-->')],
    ['a style', withBody('<style>p{color:red}</style>')],
    ['leads somewhere else', withBody('<a href="javascript:x" rel="noreferrer">x</a>')],
    ['leads somewhere else', withBody('<a href="https://a@example.com/" rel="noreferrer">x</a>')],
    [
      'a link that names',
      withBody('<a href="https://example.com/" rel="noreferrer">https://evil.example</a>'),
    ],
    ['a link that nobody sees', withBody('<a href="https://example.com/" rel="noreferrer"> </a>')],
    ['leads somewhere else', withBody('<img class="thumbnail" src="data:image/png;base64,x" alt="x">')],
    ['hides something', withBody('a\u202eb')],
    ['hides something', { ...good, subject: 'a\u200bb' }],
    ['hides something', { ...good, text: 'a\u202eb' }],
    ['isolated crookedly', withBody('a\u2068b')],
  ])('finds what %s', (problem, mail) => {
    expect(checkInert(mail).join()).toContain(problem);
  });
});

describe('the reading of a mail', () => {
  const shown = [
    { number: 1, title: USUAL.title, upvotes: 1000, url: 'https://huggingface.co/papers/2611.00001' },
    { number: 2, title: USUAL.title, upvotes: 999, url: 'https://huggingface.co/papers/2611.00002' },
  ];

  it('finds the papers in both parts', () => {
    expect(readShown(good.html)).toEqual(shown);
    expect(readPlainShown(good.text)).toEqual(shown);
  });

  it('finds one that stands alone', () => {
    const { title, upvotes, url } = PAPER_CARD.entry.paper;
    const [mail] = render(PAPER_CARD).map((payload) => whole(draw(payload, undefined))) as [WholeMail];
    expect(readShown(mail.html)).toEqual([{ title, upvotes, url }]);
    expect(readPlainShown(mail.text)).toEqual([{ title, upvotes, url }]);
  });

  it('reads what people read, and not what stands beside the subject', () => {
    expect(readText(good.html)).toMatch(
      /^Paperwire The title The subtitle First heading 1\. Some Quokkas Learn/,
    );
  });
});
