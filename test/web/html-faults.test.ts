import { describe, expect, it } from 'vitest';
import { actsIn, readStrictly, skeleton, turnsIn } from './html-faults.ts';

const around = (body: string) => `<!doctype html><html><body><h1>One</h1>${body}</body></html>`;

describe('a page read strictly', () => {
  it('is sound where all is closed and in quotes', () => {
    const reading = readStrictly(around('<p class="a">a &amp; b<br><img src="/x" alt=""></p>'));
    expect([reading.faults, actsIn(reading), turnsIn(reading)]).toEqual([[], [], []]);
    expect(skeleton(reading)).toEqual(['html ', 'body ', 'h1 ', 'p a class', 'br ', 'img  src alt']);
  });

  it.each([
    ['left open', '<p>', 'p is closed by body'],
    ['closed in another order', '<b><i></b></i>', 'i is closed by b'],
    ['without quotes', '<p class=a></p>', 'no tag: <p class=a>'],
    ['a bare <', 'a < b', 'no tag: < b'],
    ['a bare >', 'a > b', 'a bare > in a > b'],
    ['a bare &', 'a & b', 'a bare & in a & b'],
    ['an attribute twice', '<p id="a" id="b"></p>', 'twice: id'],
    ['an id twice', '<p id="a"></p><p id="a"></p>', 'twice: #a'],
    ['a name that nothing has', '<p aria-labelledby="a"></p>', 'nothing is called #a'],
    ['a second heading of the first level', '<h1>Two</h1>', '2 headings of the first level'],
    ['a heading too deep', '<h3>Two</h3>', 'a heading of level 3 under none above it'],
    ['a list in a paragraph', '<p><ul></ul></p>', 'ul in p'],
  ])('shows what is %s', (_what, body, fault) => {
    expect(readStrictly(around(body)).faults.join('\n')).toContain(fault);
  });

  it.each([
    '<script></script>',
    '<p onclick="x"></p>',
    '<p style="x"></p>',
    '<a href="javascript:x"></a>',
    '<a href="//evil.example"></a>',
    '<a href="https://a@evil.example"></a>',
  ])('shows what acts: %s', (body) => {
    expect(actsIn(readStrictly(around(body)))).toHaveLength(1);
  });

  it.each(['a\u202eb', 'a\u2068b', 'a\u2069b\u2068', 'a עברית'])(
    'shows what turns its neighbours round',
    (body) => {
      expect(turnsIn(readStrictly(around(body)))).toEqual([body]);
    },
  );

  it('lets be what is isolated, or has nothing beside it', () => {
    const body = '<p>a \u2068עברית\u2069</p><pre>עברית</pre><input value="עברית">';
    expect(turnsIn(readStrictly(around(body)))).toEqual([]);
  });
});
