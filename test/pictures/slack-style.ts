/** Slack's light theme, as far as our messages, modals and Home tabs need it. */
export const STYLE = `
* { box-sizing: border-box; margin: 0 }
body { width: 760px; background: #fff; color: #1d1c1d; padding: 0 0 16px;
  font: 15px/1.46668 'Noto Sans', 'Noto Color Emoji', 'DejaVu Sans', 'Noto Sans CJK SC', sans-serif }
section > header { padding: 12px 20px; font-weight: 800; font-size: 17px; border-bottom: 1px solid #e8e8e8; margin-bottom: 10px }
section + section > header { border-top: 1px solid #e8e8e8; margin-top: 12px }
article { display: flex; gap: 8px; padding: 6px 20px 8px }
article.private { flex-wrap: wrap }
.only { flex-basis: 100%; font-size: 13px; color: #616061; padding-left: 44px }
.avatar { flex: none; width: 36px; height: 36px; border-radius: 8px; background: #ff9d00; color: #1a1a1e; font: 700 20px/36px 'Noto Sans', sans-serif; text-align: center }
.content { min-width: 0; flex: 1 }
.author b { font-weight: 800 }
.author time { color: #616061; font-size: 12px; margin-left: 6px }
.app { background: #e8e8e8; color: #616061; font-size: 10px; font-weight: 700; border-radius: 2px; padding: 1px 3px; margin-left: 5px; vertical-align: 1px }
.blocks { max-width: 600px; display: grid; gap: 8px; margin-top: 4px }
h2 { font-size: 18px; line-height: 1.3; font-weight: 800; margin-top: 4px }
.part { display: flex; justify-content: space-between; gap: 16px }
.part > .text { min-width: 0; flex: 1 }
.text { white-space: pre-wrap; overflow-wrap: anywhere }
.text b { font-weight: 700 }
.picture svg { display: block; width: 88px; height: 88px; border-radius: 8px }
.context { font-size: 13px; line-height: 1.4; color: #616061; display: flex; gap: 8px; flex-wrap: wrap }
a { color: #1264a3 }
.mention { background: #e8f5fa; color: #1264a3; border-radius: 3px; padding: 0 2px }
.actions { display: flex; flex-wrap: wrap; gap: 8px; align-items: center }
.button, .select { border: 1px solid #bbbabb; border-radius: 4px; font-size: 13px; font-weight: 700; padding: 4px 10px; min-height: 30px; line-height: 20px; white-space: nowrap; flex: none; align-self: start }
.primary { background: #007a5a; border-color: #007a5a; color: #fff }
.danger { color: #e01e5a; border-color: #e01e5a }
.select { font-weight: 400; color: #616061; display: inline-flex; gap: 12px; justify-content: space-between; min-width: 180px }
.select i { font-style: normal }
.chosen { color: #1d1c1d }
hr { border: 0; border-top: 1px solid #ddd; margin: 4px 0 }
.fields { display: grid; grid-template-columns: 1fr 1fr; gap: 8px 16px }
.field .label { font-weight: 700; margin-bottom: 4px }
.field .select, .field .line { width: 100%; font-size: 15px; padding: 7px 12px; min-height: 38px }
.line { border: 1px solid #bbbabb; border-radius: 4px; color: #616061 }
.line.chosen { color: #1d1c1d }
.line.many { min-height: 76px }
.hint { font-size: 13px; color: #616061; margin-top: 4px }
.box { display: flex; gap: 8px }
.box::before { content: ''; flex: none; width: 16px; height: 16px; margin-top: 3px; border: 1px solid #616061; border-radius: 3px }
.box.round::before { border-radius: 50% }
.box.on::before { background: #1264a3; border-color: #1264a3 }
.box.on.round::before { box-shadow: inset 0 0 0 3px #fff }
.box.on:not(.round)::before { content: '✓'; color: #fff; font: 700 13px/14px 'DejaVu Sans', sans-serif; text-align: center }
.box small { display: block; color: #616061; font-size: 13px }
.modal { width: 520px; margin: 8px auto; border: 1px solid #ddd; border-radius: 8px; box-shadow: 0 6px 24px #0002 }
.modal .title, .modal .foot { display: flex; align-items: center; gap: 8px; padding: 14px 24px }
.modal .title { font-size: 20px; font-weight: 800; border-bottom: 1px solid #e8e8e8 }
.modal .foot { justify-content: flex-end; border-top: 1px solid #e8e8e8 }
.modal .blocks { padding: 16px 24px; gap: 16px; max-width: none; margin: 0 }
.home .blocks { padding: 4px 20px; gap: 12px; max-width: 680px }
.reactions { display: flex; gap: 4px; margin-top: 8px; flex-wrap: wrap }
.reaction { background: #f4f4f4; border: 1px solid #e8e8e8; border-radius: 24px; padding: 1px 8px; font-size: 13px }
`;
