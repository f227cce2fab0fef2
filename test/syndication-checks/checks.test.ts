import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atomFaults } from './atom.ts';
import { jsonFeedFaults } from './json-feed.ts';
import { rssFaults } from './rss.ts';
import { htmlFaults, isAbsolute, isRfc822, isRfc3339 } from './rules.ts';
import { readXml } from './xml.ts';

const XML = '<?xml version="1.0" encoding="utf-8"?>\n';

const ATOM = `${XML}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
  <id>https://example.org/feed</id><title>A title</title><updated>2026-11-23T09:00:00.000Z</updated>
  <author><name>Somebody</name><uri>https://example.org/</uri></author>
  <link rel="self" type="application/atom+xml" href="https://example.org/feed"/>
  <link rel="alternate" type="text/html" href="https://example.org/page"/>
  <entry>
    <id>https://example.org/1</id><title type="text">One &amp; all</title>
    <updated>2026-11-23T09:00:00+01:00</updated>
    <link href="https://example.org/one"/>
    <category term="one" scheme="https://example.org/topics" label="One"/>
    <content type="html"><![CDATA[<p>It &lt; that</p>]]></content>
  </entry>
  <entry>
    <id>https://example.org/2</id><title>Two</title><updated>2026-11-22T09:00:00Z</updated>
    <summary>Of two</summary><link rel="alternate" href="https://example.org/two"/>
  </entry>
</feed>`;

const RSS = `${XML}<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel>
  <title>A title</title><link>https://example.org/page</link><description>About it</description>
  <lastBuildDate>Mon, 23 Nov 2026 09:00:00 GMT</lastBuildDate>
  <atom:link rel="self" type="application/rss+xml" href="https://example.org/feed"/>
  <item>
    <guid isPermaLink="false">https://example.org/1</guid><title>One</title><link>https://example.org/one</link>
    <pubDate>Mon, 23 Nov 2026 09:00:00 +0100</pubDate><dc:creator>Somebody</dc:creator>
    <content:encoded><![CDATA[<p><a href="https://example.org/x" rel="noreferrer">x</a></p>]]></content:encoded>
  </item>
  <item><guid isPermaLink="false">2</guid><title>Two</title></item>
</channel>
</rss>`;

const JSON_FEED = JSON.stringify({
  version: 'https://jsonfeed.org/version/1.1',
  title: 'A title',
  feed_url: 'https://example.org/feed',
  items: [
    {
      id: '1',
      url: 'https://example.org/one',
      title: 'One',
      content_html: '<p>x</p>',
      date_published: '2026-11-23T09:00:00Z',
      authors: [{ name: 'Somebody' }],
    },
    { id: '2', content_html: '<p>y</p>' },
  ],
});

/** The document with one thing put in place of another that stands there. */
function broken(source: string, from: string | RegExp, to: string): string {
  const changed = source.replace(from, to);
  if (changed === source) throw new Error(`${from} does not stand there.`);
  return changed;
}

describe('the check of Atom', () => {
  it('finds nothing wrong with a document that keeps the rules', () => {
    expect(atomFaults(ATOM)).toEqual([]);
  });

  it.each<[string, string | RegExp, string, RegExp]>([
    ['no XML', '</entry>', '', /^XML: <\/feed> closes nothing/],
    ['another root', /feed( xmlns|>\s*$)/g, 'food$1', /root/],
    ['no namespace', ' xmlns="http://www.w3.org/2005/Atom"', '', /root/],
    ['no id of its own', '<id>https://example.org/feed</id>', '', /feed: it has 0 of id/],
    ['two titles', '<title>A title</title>', '<title>A</title><title>B</title>', /feed: it has 2 of title/],
    ['an empty title', '>A title<', '> <', /feed title: it is empty/],
    ['no date', '<updated>2026-11-22T09:00:00Z</updated>', '', /entry: it has 0 of updated/],
    ['a date without a zone', '22T09:00:00Z', '22T09:00:00', /entry updated: .* RFC 3339/],
    ['a day that is none', '2026-11-22T', '2026-11-31T', /entry updated: .* RFC 3339/],
    ['nobody as author', /<author>.*<\/author>/, '', /entry: nobody is its author/],
    ['an author without a name', '<name>Somebody</name>', '', /feed author: it has 0 of name/],
    ['an author whose name is empty', 'Somebody', ' ', /feed author: its name is empty/],
    ['no link to itself', 'rel="self"', 'rel="related"', /feed: it has not one link to itself/],
    ['a relative link', 'href="https://example.org/one"', 'href="/one"', /entry link: "\/one"/],
    ['a link that acts', 'https://example.org/one', 'javascript:alert(1)', /entry link/],
    ['a wrong media type', '"text/html"', '"html"', /feed link: "html"/],
    ['an id twice', 'org/2</id>', 'org/1</id>', /the id https:\/\/example.org\/1 stands twice/],
    ['a relative id', '<id>https://example.org/2</id>', '<id>2</id>', /entry id: "2"/],
    [
      'no content and no link',
      '<link rel="alternate" href="https://example.org/two"/>',
      '',
      /no content and/,
    ],
    ['two summaries', '<summary>', '<summary>A</summary><summary>', /entry: it has 2 of summary/],
    ['a category without a term', 'term="one" ', '', /entry category: it has no term/],
    ['an unknown type of text', 'type="text"', 'type="plain"', /entry title: its type is plain/],
    ['an unknown element', '<summary>', '<votes>1</votes><summary>', /entry: <votes> is not known/],
    ['HTML that acts', '<p>It', '<p onclick="x">It', /entry content: .* other attributes/],
    ['elements in a text', '>Two<', '><b>Two</b><', /entry title: it holds elements/],
  ])('notices %s', (_what, from, to, fault) => {
    expect(atomFaults(broken(ATOM, from, to)).join('\n')).toMatch(fault);
  });
});

describe('the check of RSS', () => {
  it('finds nothing wrong with a document that keeps the rules', () => {
    expect(rssFaults(RSS)).toEqual([]);
  });

  it.each<[string, string | RegExp, string, RegExp]>([
    ['no XML', '</rss>', '', /^XML: <rss> is not closed/],
    ['another version', 'version="2.0"', 'version="0.91"', /root/],
    ['no description', '<description>About it</description>', '', /channel: it has 0 of description/],
    ['an empty link', '<link>https://example.org/page</link>', '<link></link>', /channel link: it is empty/],
    ['no link to itself', /<atom:link .*\/>/, '', /channel: it has 0 of link/],
    ['a relative link to itself', 'https://example.org/feed', '/feed', /channel link: .* to itself/],
    ['a date of another kind', 'Mon, 23 Nov 2026 09:00:00 GMT', '2026-11-23T09:00:00Z', /RFC 822/],
    ['a wrong weekday', 'Mon, 23 Nov 2026 09:00:00 +0100', 'Tue, 23 Nov 2026 09:00:00 GMT', /item pubDate/],
    [
      'a guid twice',
      '>2</guid>',
      '>https://example.org/1</guid>',
      /the guid https:\/\/example.org\/1 stands/,
    ],
    ['a guid that passes for a link', ' isPermaLink="false">2', '>2', /item guid: it is not said to be/],
    ['no guid', '<guid isPermaLink="false">2</guid>', '', /item: it has 0 of guid/],
    ['an item without a name', '<title>Two</title>', '', /no title and no description/],
    ['an author that is no address', '<title>Two', '<author>A</author><title>Two', /<author> is not known/],
    ['an empty creator', '>Somebody<', '><', /item creator: it is empty/],
    ['HTML that acts', 'href="https://example.org/x"', 'href="javascript:x"', /item encoded: .* attributes/],
    ['a prefix of no namespace', /xmlns:dc="[^"]*"/, '', /XML: The prefix dc is not declared/],
  ])('notices %s', (_what, from, to, fault) => {
    expect(rssFaults(broken(RSS, from, to)).join('\n')).toMatch(fault);
  });
});

describe('the check of JSON Feed', () => {
  it('finds nothing wrong with a document that keeps the rules', () => {
    expect(jsonFeedFaults(JSON_FEED)).toEqual([]);
  });

  it.each<[string, string | RegExp, string, RegExp]>([
    ['no JSON', '{', '', /no JSON/],
    ['another version', '1.1', '1', /version/],
    ['no items', '"items"', '"entries"', /items/],
    ['a number for an id', '"id":"2"', '"id":2', /items.1.id/],
    ['an id twice', '"id":"2"', '"id":"1"', /the id 1 stands twice/],
    ['no content', ',"content_html":"<p>y</p>"', '', /items.1.content_html/],
    ['a relative address', 'https://example.org/one', '/one', /items.0.url: no absolute address/],
    ['a date without a zone', '09:00:00Z', '09:00:00', /items.0.date_published/],
    ['a lone surrogate', '"One"', '"\\ud800"', /items.0.title/],
    ['an author as a text', '{"name":"Somebody"}', '"Somebody"', /items.0.authors/],
    ['what it does not know', '"title":"One"', '"votes":1', /items.0/],
    ['HTML that acts', '<p>y</p>', '<script>y</script>', /item 2: <script> is no element of ours/],
  ])('notices %s', (_what, from, to, fault) => {
    expect(jsonFeedFaults(broken(JSON_FEED, from, to)).join('\n')).toMatch(fault);
  });
});

describe('the strict reader of XML', () => {
  const reading = (body: string) => readXml(`${XML}${body}`);

  it('reads text to the letter', () => {
    const read = reading('<a b="&lt;&#x41;&#66;&quot;"> &amp;<c/>]<![CDATA[&amp;<x>]]]]><![CDATA[>]]></a>\n');
    expect(read.attributes.get('b')).toBe('<AB"');
    expect(read.text).toBe(' &]&amp;<x>]]>');
    expect(read.elements.map(({ name }) => name)).toEqual(['c']);
  });

  it('knows which namespace a prefix stands for, where it stands', () => {
    const read = reading('<a xmlns="u:1" xmlns:p="u:2"><p:b/><c xmlns="u:3"><d p:e="1"/></c><f/></a>');
    const [b, c, f] = read.elements;
    expect([read, b, c, c?.elements[0], f].map((one) => one?.namespace)).toEqual([
      'u:1',
      'u:2',
      'u:3',
      'u:3',
      'u:1',
    ]);
  });

  it.each<[string, string]>([
    ['a character that is forbidden', '<a>\u0001</a>'],
    ['another that is', '<a>\uFFFE</a>'],
    ['a lone surrogate', '<a>\uD800</a>'],
    ['a reference to one that is forbidden', '<a>&#0;</a>'],
    ['a reference to half a pair', '<a>&#xD800;</a>'],
    ['a reference beyond Unicode', '<a>&#x110000;</a>'],
    ['an entity of HTML', '<a>&nbsp;</a>'],
    ['an ampersand alone', '<a>R&D</a>'],
    ['an ampersand in an attribute', '<a b="R&D"/>'],
    ['a less-than in an attribute', '<a b="<"/>'],
    ['an attribute twice', '<a b="1" b="2"/>'],
    ['an attribute without quotes', '<a b=1/>'],
    ['an attribute without a value', '<a b/>'],
    ['attributes without a space', '<a b="1"c="2"/>'],
    ['the end of CDATA in a text', '<a>]]></a>'],
    ['CDATA without an end', '<a><![CDATA[x</a>'],
    ['elements that cross', '<a><b></a></b>'],
    ['an element without an end', '<a><b></b>'],
    ['an end without an element', '<a/></b>'],
    ['two roots', '<a/><b/>'],
    ['no root', ' '],
    ['text beside the root', '<a/>x'],
    ['CDATA beside the root', '<a/><![CDATA[]]>'],
    ['a name of two prefixes', '<a:b:c xmlns:a="u:1"/>'],
    ['a name that begins with a digit', '<1/>'],
    ['a comment', '<a><!-- x --></a>'],
    ['a document type', '<!DOCTYPE a><a/>'],
    ['a prefix of no namespace', '<a p:b="1"/>'],
    ['a tag without an end', '<a'],
  ])('refuses %s', (_what, body) => {
    expect(() => reading(body)).toThrow();
  });

  it('refuses a document without its declaration', () => {
    expect(() => readXml('<a/>')).toThrow('declaration');
  });

  it('ends with anything', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'<>/&;!?[]"\'= ax-CDATA') }), (body) => {
        try {
          expect(reading(body).name).not.toBe('');
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
    );
  });
});

describe('the rules', () => {
  it('tell addresses', () => {
    const good = [
      'https://example.org',
      'http://127.0.0.1:8787/feeds/search.atom?q=%22x%22',
      'https://日本.jp/',
    ];
    const bad = [
      '',
      'example.org',
      '/x',
      'ftp://x',
      'https://',
      'https://x/a b',
      'https://x/%2',
      'https://x/"',
    ];
    expect(good.filter((one) => !isAbsolute(one))).toEqual([]);
    expect(bad.filter(isAbsolute)).toEqual([]);
  });

  it('tell dates', () => {
    expect(['2026-11-23T09:00:00Z', '2024-02-29T23:59:59.5-08:00'].every(isRfc3339)).toBe(true);
    expect(['2026-02-29T09:00:00Z', '2026-11-23 09:00:00Z', '2026-11-23'].some(isRfc3339)).toBe(false);
    expect(['Mon, 23 Nov 2026 09:00:00 GMT', '29 Feb 2024 00:00:00 -0800'].every(isRfc822)).toBe(true);
    expect(['Mon, 30 Feb 2026 09:00:00 GMT', '23 Nov 26 09:00:00 GMT', 'x'].some(isRfc822)).toBe(false);
  });

  it.each([
    '<p>x',
    'x</p>',
    '<p><a href="https://x.org" rel="noreferrer">x</p></a>',
    '<a href="https://x.org">x</a>',
    '<a href=\'https://x.org\' rel="noreferrer">x</a>',
    '<img src="https://x.org">',
    '<P>x</P>',
    'R&D',
    'a < b',
    '&nbsp;',
    '<!-- x -->',
  ])('find what is wrong with %s', (html) => {
    expect(htmlFaults('it', html)).not.toEqual([]);
  });
});
