import { load } from 'cheerio';
import { load as loadSlim } from 'cheerio/slim';
import { arxivLinks } from '../../src/domain/paper.ts';
import { readApiList } from '../../src/sources/hugging-face/api.ts';
import { readEntries } from '../../src/sources/hugging-face/entries.ts';
import { readHydration } from '../../src/sources/hugging-face/hydration.ts';
import { readMarkup } from '../../src/sources/hugging-face/markup.ts';
import { listPage } from '../fakes/source-server-pages.ts';
import { inventList, type ServedItem } from '../fakes/source-server-papers.ts';
import { heading, measure, ratio, report } from './measure.ts';

const DAY = '2026-11-23';
const LISTING = { kind: 'daily', key: DAY } as const;
const ABSTRACT =
  'We present a method with $O(n^2)$ cost, mathcal{L}_2 loss and 1920times1080 input that gains 12.5\\% over what came before. '.repeat(
    11,
  );
const PAGE_CHARACTERS = 1_500_000;

/** What it costs to read a page as large as the largest seen, by each way in. */
export async function benchParse(): Promise<void> {
  const items = manyItems();
  const html = listPage({ kind: 'daily', key: DAY, items }, '2026');
  const page = { url: `https://huggingface.co/papers/date/${DAY}`, html };
  const json = JSON.stringify(items);
  const size = (text: string) => `${(text.length / 1e6).toFixed(2)} M characters`;
  heading(`Parse and validate a page of ${items.length} papers (${size(html)}, as JSON ${size(json)})`);

  const plain = await measure(() => JSON.parse(json));
  const whole = await measure(() => load(html));
  report('JSON.parse alone, for comparison', plain);
  report('cheerio’s main entry alone, for comparison', whole);
  report('cheerio/slim alone', await measure(() => loadSlim(html)));
  const api = await measure(() => readEntries(readApiList(json), LISTING, { way: 'api' }));
  report('by the API', api, ratio(api, plain, 'JSON.parse'));
  const hydration = await measure(() => readHydration(page, LISTING));
  report('by hydration', hydration, ratio(hydration, whole, 'cheerio’s main entry'));
  const markup = await measure(() => readMarkup(page, LISTING));
  report('by markup', markup, ratio(markup, whole, 'cheerio’s main entry'));
}

/** Invented papers with abstracts of the usual length, until the page is long enough. */
function manyItems(): ServedItem[] {
  const items: ServedItem[] = [];
  const templates = inventList(DAY);
  const perItem =
    listPage({ kind: 'daily', key: DAY, items: templates }, '2026').length / templates.length +
    2 * ABSTRACT.length;
  for (let index = 0; index * perItem < PAGE_CHARACTERS; index += 1) {
    const template = templates[index % templates.length] as ServedItem;
    const id = `2611.${String(index + 1).padStart(5, '0')}`;
    items.push({
      ...template,
      summary: ABSTRACT,
      thumbnail: arxivLinks(id).arxivUrl,
      paper: { ...template.paper, id, summary: ABSTRACT },
    });
  }
  return items;
}
