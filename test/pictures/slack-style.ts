/**
 * Frames of scenes, modals, Home tabs and what is filled in in them, beside what the look itself has. Slack underlines no
 * link; on a page of ours colour is not enough.
 */
export const FRAME_STYLE = `
body { padding: 0 0 16px }
.text > a, .context a { text-decoration: none }
section > header { padding: 12px 20px; font-weight: 800; font-size: 17px; border-bottom: 1px solid #e8e8e8; margin-bottom: 10px }
section + section > header { border-top: 1px solid #e8e8e8; margin-top: 12px }
article.private { flex-wrap: wrap }
.only { flex-basis: 100%; font-size: 13px; color: #616061; padding-left: 44px }
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
