// Made by machine; no native speaker has reviewed it.
import type { Texts } from '../index.ts';

export const slack: Texts['slack'] = {
  hidden:
    '机器人看不到这个频道。请从输入 # 后 Slack 显示的列表中选择；私密频道请先在其中输入 /invite @Paperwire。',
  archived: '这个频道已归档。请取消归档，或另选一个。',
  invite: '机器人不在这个频道里。请在那里输入 /invite @Paperwire，或让它加入。',
  invitePrivate: '机器人不在这个私密频道里。请在那里输入 /invite @Paperwire。',
  noScope: '应用无权查看频道：缺少 channels:read 和 groups:read 权限范围。请添加后重新安装。',
  noRole: '只能呼叫用户组。请从输入 @ 后 Slack 显示的列表中选择。',
};
