import { OVER_DRAWING } from '../../../src/drawing.ts';
import { ACCENT } from '../cards/parts.ts';

/** The dark theme, as far as our messages need it; from 300 px of width on. */
export const STYLE = `
:root { color-scheme: dark }
* { box-sizing: border-box; margin: 0 }
body { background: #1a1a1e; color: #dfe0e2; padding: 8px 0;
  font: 16px/1.375 'Noto Sans', 'Noto Color Emoji', 'DejaVu Sans', 'Noto Sans CJK SC', sans-serif }
article { display: flex; gap: 16px; padding: 4px 16px 8px }
.avatar { flex: none; width: 40px; height: 40px; border-radius: 50%; background: #ff9d00; color: #1a1a1e; font: 700 22px/40px 'Noto Sans', sans-serif; text-align: center }
.content { min-width: 0; flex: 1 }
.author b { color: #f2f3f5; font-weight: 600 }
.author time { color: #949ba4; font-size: 12px; margin-left: 8px }
.app { background: #5865f2; color: #fff; font-size: 10px; font-weight: 600; border-radius: 4px; padding: 1px 4px; margin-left: 5px; vertical-align: 2px }
.container { background: #242429; border: 1px solid #36363c; border-left: 4px solid #${ACCENT.toString(16).padStart(6, '0')}; border-radius: 8px; padding: 14px 16px; margin-top: 4px; max-width: 600px; display: grid; gap: 8px }
.container > * { min-width: 0 }
.section { display: flex; justify-content: space-between; gap: 12px }
.section > :first-child { min-width: 0 }
.thumbnail { flex: none; align-self: start; position: relative }
.thumbnail svg { display: block; width: 85px; height: 85px; border-radius: 8px }
.thumbnail img { ${OVER_DRAWING}; border-radius: 8px }
.text { white-space: pre-wrap; overflow-wrap: anywhere }
.text h1, .text h2, .text h3 { line-height: 1.375; font-weight: 700; color: #f2f3f5 }
.text h1 { font-size: 24px } .text h2 { font-size: 20px } .text h3 { font-size: 16px }
.text b { font-weight: 700; color: #f2f3f5 }
.text small { display: block; font-size: 13px; line-height: 1.4; color: #949ba4 }
.text .mention { background: #3c4270; color: #c9cdfb; border-radius: 3px; padding: 0 2px }
a { color: #4aa8f0; text-decoration: none }
a:hover, .text small a { text-decoration: underline; text-underline-offset: 2px }
a:focus-visible { outline: 2px solid #4aa8f0; outline-offset: 2px; border-radius: 3px }
.row { display: flex; flex-wrap: wrap; gap: 8px }
.button { background: #3b3b41; color: #fff; border-radius: 8px; padding: 5px 14px; font-size: 14px; font-weight: 500; min-height: 32px; overflow-wrap: anywhere }
.button i { font-style: normal; margin-left: 6px; opacity: .8 }
.select { flex: 1; display: flex; justify-content: space-between; background: #1e1e22; border: 1px solid #3a3a41; border-radius: 8px; padding: 8px 12px; color: #949ba4; font-size: 15px }
.select i { font-style: normal }
@media (max-width: 480px) {
  article { gap: 10px; padding: 4px 10px 8px }
  .avatar { width: 32px; height: 32px; font-size: 18px; line-height: 32px }
  .container { padding: 10px 12px }
  .thumbnail svg { width: 64px; height: 64px }
}
`;
