// Made by machine; no native speaker has reviewed it.
import type { Texts } from '../index.ts';

export const slackAnswers: Texts['slackAnswers'] = {
  help: {
    title: 'Paperwire',
    intro: '在 Slack 中阅读热门 AI 论文。在你分享之前，回答只有你能看到。',
    read: '阅读',
    find: '查找',
    follow: '关注',
    keep: '收藏',
    feeds: '频道订阅',
    more: '“/paper help command:search”会解释一个命令。',
    today: '今天',
    search: '搜索…',
    topics: '主题',
    home: '打开主页',
  },
  share: '分享到频道',
  sharedBy: (who) => `由 ${who} 分享`,
  noChannel: (given) => `找不到频道“${given}”。请输入 #，然后从 Slack 显示的列表中选择频道。`,
  noGroup: (given) => `找不到用户组“${given}”。请输入 @，然后从 Slack 显示的列表中选择用户组。`,
  general: (general) =>
    `所有人都会看到 #${general}，因此除非你指明，否则不会在那里发布。请说明发布到哪里，例如“/paper feed add channel:#papers”。`,
  generalPanel: (general) =>
    `所有人都会看到 #${general}，因此只有在你确实需要时才会在那里发布面板。请在其他频道使用该命令，或仍在此发布。`,
  postHere: '仍在此发布',
  joinAndAdd: '加入此频道并添加订阅',
  joinAndGoOn: '加入此频道并继续',
  joinRefused: 'Slack 不允许 Paperwire 加入此频道。请在那里输入“/invite @Paperwire”。',
  joinNotNow: '暂时无法加入该频道，请一分钟后再试。',
  panelPosted: '面板已发布。',
  stranger: '只有拥有 Paperwire 的工作区的成员才能询问此内容。',
  fileSent: (name) => `${name} 已发到你与 Paperwire 的私信中。`,
  fileCut: (name, format) =>
    `${name} 还有更多内容，但这里放不下了。在命令行中运行“paperwire paper saved --format ${format}”可得到全部内容。`,
  tooBig: '此回答无法在 Slack 中显示。请告知 Paperwire 的运营者。',
  modal: {
    title: '查找论文',
    label: '要查找的内容',
    hint: '词语、"短语"、author:name、topic:agents、after:2026-01、votes:>50、has:code',
    placeholder: 'diffusion transformers',
    submit: '搜索',
    close: '关闭',
    working: '正在查找…',
    back: '返回结果',
  },
};
