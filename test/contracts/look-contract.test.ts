import { describe, expect, it } from 'vitest';
import { actingIn, isStyled, readDrawn } from './look-reading.ts';

describe('what holds a look to its template', () => {
  it.each([
    '<article><div class="text">x <b>y</b> &lt;script&gt;</div></article>',
    '<a href="https://example.com/" rel="noreferrer" target="_blank">x</a> <a>y</a>',
  ])('lets be: %s', (html) => {
    expect(actingIn(html)).toEqual([]);
  });

  it.each([
    '<script>x</script>',
    '<b><style>b { color: red }</style></b>',
    '<!-- x -->',
    '<iframe src="https://evil.example/"></iframe>',
    '<b onclick="x">y</b>',
    '<div style="color: red">x</div>',
    '<img src=x onerror=alert(1)>',
    '<a href="javascript:alert(1)" rel="noreferrer" target="_blank">x</a>',
    '<a href="https://huggingface.co@evil.example/" rel="noreferrer" target="_blank">x</a>',
    '<a href="https://example.com/">x</a>',
    '<svg><a xlink:href="https://evil.example/">x</a></svg>',
    '<form action="/x"><input></form>',
  ])('finds: %s', (html) => {
    expect(actingIn(html)).not.toEqual([]);
  });

  it('reads what is seen, whoever it is from', () => {
    const html =
      '<div class="author">Us</div><p>a\n<b>b</b> \u2068c\u2069 &lt;d&gt;<i aria-hidden="true">e</i></p>';
    expect(readDrawn(html)).toBe('abc<d>');
  });

  it('knows a class by its whole name', () => {
    expect(isStyled('text', '.text b { margin: 0 }')).toBe(true);
    expect(isStyled('text', '.texts { margin: 0 } .text-x { margin: 0 }')).toBe(false);
  });
});
