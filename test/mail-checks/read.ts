import { load } from 'cheerio';
import type { ShownPaper } from '../contracts/adapter.ts';
import { parsed } from './parsed.ts';

/** Papers of a mail's HTML in the order of showing, as people see them. */
export function readShown(html: string): ShownPaper[] {
  const $ = parsed(html);
  return $('.paper')
    .toArray()
    .map((paper) => {
      const name = $(paper).find('.name');
      const number = name.find('.number').text();
      // Where the title is no link there is one among the others.
      const others = $(paper).find('.links a').toArray();
      const other = others.find((link) => ['Page', 'arXiv'].includes($(link).text()));
      return {
        ...(number === '' ? {} : { number: Number.parseInt(number, 10) }),
        title: lineOf(name.text().slice(number.length)),
        upvotes: countIn($(paper).find('.votes').text()),
        url: name.find('a').attr('href') ?? other?.attribs.href,
      };
    });
}

/** All that people read in a mail's HTML, every run of white space as one space; not what stands beside the subject. */
export function readText(html: string): string {
  const $ = load(html);
  $('[style*="display:none"], style, script').remove();
  $('body *').append(' ');
  return lineOf($('body').text());
}

/** Papers of a mail's plain text in the order of showing: each begins a line, and all else of it is set in. */
export function readPlainShown(text: string): ShownPaper[] {
  const starts = `\n${text}`.split(/\n(?=[^ \n])/);
  return starts.flatMap((start) => {
    const [first = '', ...rest] = start.split('\n');
    const page = /^ {3}(https?:\S+)$/.exec(rest[0] ?? '')?.[1];
    const votes = /^ {3}▲ (\d[\d,]*)(?: · |$)/.exec(rest[page === undefined ? 0 : 1] ?? '')?.[1];
    if (votes === undefined) return [];
    const [, number, title = ''] = /^(?:(\d+)\. )?(.*)$/u.exec(first) ?? [];
    const other = rest.find((line) => /^ {3}(?:Page|arXiv): /.test(line))?.replace(/^.*?: /, '');
    return [
      {
        ...(number === undefined ? {} : { number: Number(number) }),
        title: lineOf(title),
        upvotes: countIn(votes),
        url: page ?? other,
      },
    ];
  });
}

/** Without the signs that keep right-to-left text apart. */
export function lineOf(text: string): string {
  return text
    .replace(/[\u2068\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function countIn(text: string): number {
  return Number(text.replace(/\D/g, ''));
}
