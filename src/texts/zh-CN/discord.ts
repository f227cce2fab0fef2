// Made by machine; no native speaker has reviewed it.
import type { Texts } from '../index.ts';

export const discord: Texts['discord'] = {
  hidden: '机器人看不到此频道。请在那里授予“查看频道”权限，或选择其他频道。',
  noServer: '订阅需要一个服务器频道。',
  kind: '此类频道无法发布内容。请选择文字频道、子区或论坛。',
  lacks: (permission, why) =>
    `机器人在此频道缺少“${permission}”权限，该权限${why}。请在频道设置的“权限”中授予。`,
  tag: '此论坛要求每个帖子都有标签。请取消该要求，或选择其他频道。',
  noRole: '此服务器没有这个身份组。',
  closedRole: '机器人不能提及此身份组。请在身份组设置中允许任何人 @ 提及它。',
  permissions: {
    ViewChannel: '查看频道',
    SendMessages: '发送消息',
    ReadMessageHistory: '阅读消息历史记录',
    CreatePublicThreads: '创建公共子区',
    SendMessagesInThreads: '在子区内发送消息',
    CreatePrivateThreads: '创建私密子区',
    AddReactions: '添加反应',
  },
  reasons: {
    ViewChannel: '用于查看要发布的频道',
    SendMessages: '用于发布每期内容',
    ReadMessageHistory: '用于在重新发送之前确认消息是否已送达',
    CreatePublicThreads: '用于在 "cards" 布局中把论文放在该期下方',
    SendMessagesInThreads: '用于在这些子区和论坛中发布',
    CreatePrivateThreads: '用于向不接收私信的成员发送摘要',
    AddReactions: '用于在主题面板上添加表情',
  },
};
