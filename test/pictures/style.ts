/** The dark theme, as far as our messages need it. */
export const STYLE = `
* { box-sizing: border-box; margin: 0 }
body { width: 760px; background: #1a1a1e; color: #dfe0e2; padding: 0 0 16px;
  font: 16px/1.375 'Noto Sans', 'Noto Color Emoji', 'DejaVu Sans', 'Noto Sans CJK SC', sans-serif }
section > header { padding: 12px 16px; font-weight: 600; border-bottom: 1px solid #2a2a30; margin-bottom: 12px; color: #f2f3f5 }
article { display: flex; gap: 16px; padding: 4px 16px 8px }
article.private { background: #242640; border-left: 2px solid #5865f2; padding: 8px 16px 8px 14px }
.avatar { flex: none; width: 40px; height: 40px; border-radius: 50%; background: #ff9d00; color: #1a1a1e; font: 700 22px/40px 'Noto Sans', sans-serif; text-align: center }
.content { min-width: 0; flex: 1 }
.author b { color: #f2f3f5; font-weight: 600 }
.author time { color: #949ba4; font-size: 12px; margin-left: 8px }
.app { background: #5865f2; color: #fff; font-size: 10px; font-weight: 600; border-radius: 4px; padding: 1px 4px; margin-left: 5px; vertical-align: 2px }
.container { background: #242429; border: 1px solid #36363c; border-left: 4px solid; border-radius: 8px; padding: 14px 16px; margin-top: 4px; max-width: 600px; display: grid; gap: 8px }
.section { display: flex; justify-content: space-between; gap: 12px }
.thumbnail svg { display: block; width: 85px; height: 85px; border-radius: 8px }
.text { white-space: pre-wrap; overflow-wrap: anywhere }
.text h1, .text h2, .text h3 { line-height: 1.375; font-weight: 700; color: #f2f3f5 }
.text h1 { font-size: 24px } .text h2 { font-size: 20px } .text h3 { font-size: 16px }
.text b { font-weight: 700; color: #f2f3f5 }
.text small { display: block; font-size: 13px; line-height: 1.4; color: #949ba4 }
.text .mention { background: #3c4270; color: #c9cdfb; border-radius: 3px; padding: 0 2px }
a { color: #4aa8f0 }
.row { display: flex; flex-wrap: wrap; gap: 8px }
.button { background: #3b3b41; color: #fff; border-radius: 8px; padding: 5px 14px; font-size: 14px; font-weight: 500; min-height: 32px }
.button i { font-style: normal; margin-left: 6px; opacity: .8 }
.select { flex: 1; display: flex; justify-content: space-between; background: #1e1e22; border: 1px solid #3a3a41; border-radius: 8px; padding: 8px 12px; color: #949ba4; font-size: 15px }
.select i { font-style: normal }
.reactions { display: flex; gap: 4px; margin-top: 6px; flex-wrap: wrap }
.reaction { background: #2b2b31; border: 1px solid #36363c; border-radius: 8px; padding: 2px 8px; font-size: 14px }
.only { font-size: 12px; color: #949ba4; margin-top: 6px }
`;
