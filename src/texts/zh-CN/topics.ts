// Made by machine; no native speaker has reviewed it.
import type { Texts } from '../index.ts';

export const builtInTopics: Texts['builtInTopics'] = {
  'language-models': { name: '语言模型', meaning: '文本模型本身：架构、行为、提示、长上下文、多语言' },
  reasoning: { name: '推理', meaning: '数学、逻辑、思维链、测试时更长的思考' },
  agents: { name: '智能体', meaning: '智能体、工具、操作电脑和网页、多智能体、深度研究' },
  multimodal: { name: '多模态', meaning: '读取或生成文本、图像、视频和声音中多种内容的模型' },
  vision: { name: '视觉', meaning: '图像的识别、检测、分割、深度、跟踪、修复' },
  'image-generation': { name: '图像生成', meaning: '由文本或其他图像生成和编辑图像' },
  video: { name: '视频', meaning: '视频的生成、编辑和理解' },
  '3d': { name: '三维', meaning: '三维重建与生成、泼溅、虚拟形象、场景' },
  audio: { name: '音频', meaning: '语音、音乐和其他声音' },
  robotics: { name: '机器人', meaning: '具身模型、操作、导航、驾驶' },
  'reinforcement-learning': { name: '强化学习', meaning: '从奖励和偏好中学习、游戏' },
  code: { name: '代码', meaning: '编写、修复和证明程序，软件工程，SQL' },
  retrieval: { name: '检索', meaning: '搜索、检索增强生成、嵌入、推荐' },
  efficiency: { name: '效率', meaning: '速度、内存和规模：量化、剪枝、蒸馏、低成本注意力' },
  training: { name: '训练', meaning: '预训练、数据、微调、优化器、缩放定律、模型合并' },
  safety: { name: '安全', meaning: '对齐、攻击、偏见、隐私、水印、真实性、遗忘' },
  evaluation: { name: '评测', meaning: '基准、评测数据集、指标、评判模型' },
  interpretability: { name: '可解释性', meaning: '模型内部发生了什么、为何有效' },
  science: { name: '科学', meaning: '医学、生物、化学、物理及其他科学' },
  'world-models': { name: '世界模型', meaning: '世界的模型、模拟器、可玩的环境' },
};
