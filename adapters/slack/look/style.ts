import { OVER_DRAWING } from '../../../src/drawing.ts';

/** The light theme, as far as our messages need it; from 300 px of width on. */
export const STYLE = `
:root { color-scheme: light }
* { box-sizing: border-box; margin: 0 }
body { background: #fff; color: #1d1c1d; padding: 8px 0;
  font: 15px/1.46668 'Noto Sans', 'Noto Color Emoji', 'DejaVu Sans', 'Noto Sans CJK SC', sans-serif }
article { display: flex; gap: 8px; padding: 6px 20px 8px }
.avatar { flex: none; width: 36px; height: 36px; border-radius: 8px; background: #ff9d00; color: #1a1a1e; font: 700 20px/36px 'Noto Sans', sans-serif; text-align: center }
.content { min-width: 0; flex: 1 }
.author b { font-weight: 800 }
.author time { color: #616061; font-size: 12px; margin-left: 6px }
.app { background: #e8e8e8; color: #616061; font-size: 10px; font-weight: 700; border-radius: 2px; padding: 1px 3px; margin-left: 5px; vertical-align: 1px }
.blocks { max-width: 600px; display: grid; gap: 8px; margin-top: 4px }
.blocks > * { min-width: 0 }
h2 { font-size: 18px; line-height: 1.3; font-weight: 800; margin-top: 4px; overflow-wrap: anywhere }
.part { display: flex; justify-content: space-between; gap: 16px }
.part > .text { min-width: 0; flex: 1 }
.text { white-space: pre-wrap; overflow-wrap: anywhere }
.text b { font-weight: 700 }
.picture { flex: none; align-self: start; position: relative }
.picture svg { display: block; width: 88px; height: 88px; border-radius: 8px }
.picture img { ${OVER_DRAWING}; border-radius: 8px }
.context { font-size: 13px; line-height: 1.4; color: #616061; display: flex; gap: 8px; flex-wrap: wrap }
a { color: #1264a3; text-decoration: none }
a:hover, .text > a, .context a { text-decoration: underline; text-underline-offset: 2px }
a:focus-visible { outline: 2px solid #1264a3; outline-offset: 2px; border-radius: 3px }
.mention { background: #e8f5fa; color: #1264a3; border-radius: 3px; padding: 0 2px }
.actions { display: flex; flex-wrap: wrap; gap: 8px; align-items: center }
.button, .select { border: 1px solid #bbbabb; border-radius: 4px; color: #1d1c1d; font-size: 13px; font-weight: 700; padding: 4px 10px; min-height: 30px; line-height: 20px; white-space: nowrap; flex: none; align-self: start }
.primary { background: #007a5a; border-color: #007a5a; color: #fff }
.danger { color: #e01e5a; border-color: #e01e5a }
.select { font-weight: 400; color: #616061; display: inline-flex; gap: 12px; justify-content: space-between; min-width: 180px }
.select i { font-style: normal }
.chosen { color: #1d1c1d }
hr { border: 0; border-top: 1px solid #ddd; margin: 4px 0 }
.fields { display: grid; grid-template-columns: 1fr 1fr; gap: 8px 16px }
@media (max-width: 480px) {
  article { padding: 6px 12px 8px }
  .part:has(> .select) { flex-direction: column; gap: 8px }
  .picture svg { width: 64px; height: 64px }
  .button, .select { white-space: normal; overflow-wrap: anywhere; flex: 0 1 auto; max-width: 100% }
  .fields { grid-template-columns: 1fr }
}
`;
