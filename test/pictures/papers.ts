import type { Author, Paper } from '../../src/domain/paper.ts';
import { aPaper } from '../fixtures/papers.ts';

/** The day of the list that the pictures show: ids, titles and figures are real, the sentences are ours. */
export const DAY = '2026-08-21';

type Shown = Pick<Paper, 'id' | 'title' | 'upvotes' | 'summary'> & Partial<Paper>;

function shown(paper: Shown): Paper {
  const { id } = paper;
  return aPaper({
    thumbnailUrl: `https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/${id}.png`,
    publishedAt: '2026-08-20T00:00:00.000Z',
    listedOn: DAY,
    comments: 1,
    ...paper,
  });
}

function organization(name: string, displayName: string): Pick<Paper, 'organization'> {
  return { organization: { name, displayName } };
}

function code(repository: string, githubStars: number): Pick<Paper, 'githubUrl' | 'githubStars'> {
  return { githubUrl: `https://github.com/${repository}`, githubStars };
}

function authors(names: string): { authors: Author[] } {
  return { authors: names.split(', ').map((name) => ({ name })) };
}

export const PAPERS: readonly Paper[] = [
  shown({
    id: '2608.19880',
    title: 'EnvHarness: Awakening Static Worlds for Agent Learning',
    upvotes: 163,
    ...code('google-research/envharness', 8),
    ...organization('google', 'Google'),
    ...authors(
      'Chengsong Huang, Zifeng Wang, Rujun Han, Jun Yan, Yanfei Chen, Zoey CuiZhu, Ke Jiang, Peng Xia, Han Yu, Yufan Zhuang, Yifei Ming, Jiaqi Pan, Bhavana Dalvi Mishra, Jiaxin Huang, Burak Gokturk, Tomas Pfister, Chen-Yu Lee',
    ),
    projectUrl: 'https://envharness.com/',
    keywords: ['LLM agents', 'environment harness', 'execution trajectories', 'reinforcement learning'],
    summary:
      'Plug-ins wrap a fixed training environment and bend it towards what an agent still does badly, so that the world grows harder along with it.',
    abstract:
      'Agents learn in environments that somebody built by hand and that stay as they are. This work leaves such an environment untouched and puts a programmable layer around it: small components change what the agent meets, while the original check of success still decides.\n\nA second part watches where an agent fails, writes components that aim at just these weaknesses, and keeps the ones that prove themselves in fresh runs. On five benchmarks from four domains, agents that learned this way do better on held-out tasks and need fewer steps.',
  }),
  shown({
    id: '2608.18580',
    title: 'FACET: Preserving Source Intent and Executable State in Terminal Task Synthesis',
    upvotes: 54,
    comments: 2,
    ...code('StoKou/FACET-Terminal', 8),
    ...organization('ustc', 'University of Science and Technology of China'),
    summary:
      'Builds tasks for terminal agents in which instruction, solution and check all speak of one repaired environment that really runs.',
  }),
  shown({
    id: '2608.20335',
    title: '4DAnyone: Create Anyone in 4D from a Casual Monocular Video',
    upvotes: 38,
    comments: 3,
    ...code('ant-research/4DAnyone', 20),
    ...organization('ant-research', 'Ant Research'),
    ...authors(
      'Yudong Jin, Tao Xie, Qihang Zhang, Zehong Shen, Zhen Xu, Yujun Shen, Hujun Bao, Xiaowei Zhou, Yinghao Xu',
    ),
    projectUrl: 'https://4danyone.github.io/',
    keywords: ['4D Gaussian splatting', 'monocular video', 'multiview generation'],
    summary:
      'One hand-held video of a person becomes views from all sides, and these become a moving 3D figure.',
    abstract:
      'A single casual video shows a person from one side only. The method first generates views from other sides that agree with each other, and then lifts them into a moving figure made of Gaussian splats.',
  }),
  shown({
    id: '2608.19799',
    title: 'SWE-bench Science: Can Coding Agents Resolve Engineering Tasks in Science?',
    upvotes: 32,
    ...code('OpenMOSS/SWE-bench-Science', 13),
    ...organization('OpenMOSS', 'OpenMOSS'),
    summary:
      'Real bugs from scientific software, and a look at how and why coding agents fail to repair them.',
  }),
  shown({
    id: '2608.20336',
    title: 'WithEveryone: Unified Planning and Identity Grounding for Group Image Generation',
    upvotes: 30,
    ...code('doby-xu/WithEveryone', 4),
    ...organization('tencent', 'Tencent Hunyuan'),
    summary:
      'Group pictures of up to ten given people, each in the place that a plan of the scene gives them.',
  }),
  shown({
    id: '2608.20202',
    title: 'MemTrapBench: Benchmarking Cognitive Traps in LLM Memory Use',
    upvotes: 24,
    ...code('zjunlp/MemTrapBench', 1),
    ...organization('zjunlp', 'ZJUNLP'),
    summary: 'Shows when remembered conversations mislead a model, and a way to notice it before answering.',
  }),
  shown({
    id: '2608.14022',
    title: 'ForgeWM: Progressive Causal Training for Few-Step Action-Conditioned Video World Models',
    upvotes: 12,
    ...code('asdfo123/ForgeWM', 76),
    ...organization('forgewm', 'ForgeWM'),
    summary:
      'Turns a slow video generator step by step into a world that answers the keyboard in a few steps.',
  }),
  shown({
    id: '2608.13120',
    title: 'SkillEvo: Self-Renewing Evolution Gradients from Multi-Turn Interaction Feedback',
    upvotes: 6,
    comments: 2,
    ...organization('zhejiang-university', 'Zhejiang University'),
    summary: 'What users say over several turns keeps an agent’s skills improving instead of levelling off.',
  }),
  shown({
    id: '2608.19854',
    title: 'Repo0: Design-Driven Zero-to-All Code Generation',
    upvotes: 5,
    ...organization('sjtu', 'Shanghai Jiao Tong University'),
    summary: 'A whole repository from a description, held together by two graphs of its design.',
  }),
  shown({
    id: '2608.19758',
    title: 'FlashPrefill V2: Block-Sparse Prefill Attention for Long-Context LLM Serving',
    upvotes: 4,
    ...code('qhfan/FlashPrefillv2', 1),
    ...organization('tencent', 'Tencent'),
    summary: 'Skips most of the attention over a long prompt and corrects the mean of what it left out.',
  }),
];
