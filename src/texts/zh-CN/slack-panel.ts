// Made by machine; no native speaker has reviewed it.
import type { Texts } from '../index.ts';

export const slackPanel: Texts['slackPanel'] = {
  noScope:
    '无法在面板上添加表情：应用缺少 reactions:write 权限范围。请在应用设置的“OAuth & Permissions”中添加它，然后重新安装应用。列表仍可使用，任何人也都可以自行添加这些表情。',
  closed: '无法在面板上添加表情：Slack 不允许机器人在此频道中对消息添加反应。列表仍可使用。',
};
