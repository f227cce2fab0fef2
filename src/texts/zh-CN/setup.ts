import type { Texts } from '../index.ts';

export const setup: Texts['setup'] = {
  title: (server) => `Paperwire 已加入 ${server}`,
  words: '它每天带来热门的 AI 论文。只需三项选择即可开始；此消息之后，直到第一期发布前它不会再打扰。',
  channel: '1. 发布到哪个频道？',
  time: '2. 几点发布？',
  zone: '使用哪个时区？',
  topics: '3. 哪些主题？不选则为全部论文。',
  start: '开始',
  preview: '查看今天的论文',
  noChannel:
    '目前还没有机器人可以发言的频道。请在某个频道中授予“查看频道”“发送消息”和“阅读消息历史”权限，然后在那里使用 "/paper feed add"。',
  others: (shown) => `此处只列出前 ${shown} 个频道。其他频道请在该频道中使用 "/paper feed add"。`,
  chooseChannel: '请先选择频道。',
  notYours: '只有可以管理服务器的成员才能设置。',
  more: '其他一切：在服务器中使用 "/paper feed add" 和 "/paper help"。',
};
