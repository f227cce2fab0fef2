/** Tells how high the page has become. */
export const MEASURE =
  '<script>document.body.dataset.height = Math.ceil(document.body.getBoundingClientRect().height)</script>';

/** Text as HTML shows it. */
export function text(plain: string): string {
  const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return plain.replace(/[&<>"]/g, (sign) => signs[sign] ?? sign);
}

/** A sheet of paper with a figure on it, the same for the same address. */
export function drawing(address: string): string {
  const seed = [...address].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) >>> 0, 7);
  const hue = seed % 360;
  const at = (index: number, range: number) => ((seed >>> (index * 3)) % 97) * (range / 97);
  const points = [0, 1, 2, 3, 4, 5].map((x) => `${12 + x * 12},${60 - at(x, 34)}`).join(' ');
  return `<svg viewBox="0 0 85 85"><rect width="85" height="85" fill="hsl(${hue} 38% 24%)"/>
<rect x="10" y="9" width="${34 + at(6, 28)}" height="5" rx="2.5" fill="hsl(${hue} 55% 82%)"/>
<rect x="10" y="18" width="${24 + at(7, 24)}" height="3" rx="1.5" fill="hsl(${hue} 40% 62%)"/>
<polyline points="${points}" fill="none" stroke="hsl(${(hue + 40) % 360} 85% 66%)" stroke-width="3"/>
<path d="M10 28V70H76" fill="none" stroke="hsl(${hue} 30% 55%)"/></svg>`;
}
