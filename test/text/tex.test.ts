import { describe, expect, it } from 'vitest';
import { tidyText, tidyTitle } from '../../src/text/tidy.ts';

/** Raw, then as it is to be shown. */
type Pair = [raw: string, shown: string];

describe('formulas, whole', () => {
  it.each<Pair>([
    ['Sparse training with an $\\ell_2$ penalty', 'Sparse training with an ℓ₂ penalty'],
    ['Sorting in $O(n^2)$ is slow', 'Sorting in O(n²) is slow'],
    ['$$E = mc^2$$ holds', 'E = mc² holds'],
    ['cost \\( O(n^3) \\) per step', 'cost O(n³) per step'],
    ['\\[ x_1 \\leq x_2 \\]', 'x₁ ≤ x₂'],
    ['$\\tau$-bench, $k$-means and $n=5$', 'τ-bench, k-means and n=5'],
    ['$\\mathcal{O}(n\\log n)$', 'O(n log n)'],
    ['$\\frac{1}{n}\\sum_{i=1}^{n} x_i^2$', '1/n∑ᵢ₌₁ⁿ xᵢ²'],
    ['$\\frac{a+b}{2}$ and $\\sqrt{x}$ and $\\sqrt{x+1}$', '(a+b)/2 and √x and √(x+1)'],
    ['$x_ix_j$, $\\hat{x}_t$, $\\widetilde{xy}$, $\\bar{\\i}$', 'xᵢxⱼ, x̂ₜ, xy, ī'],
    ['$\\mathbb{R}^d$ and $\\mathbb{E}$', 'ℝᵈ and E'],
    ['$e^{x^{2}}$, $x_{W_Q}$', 'e^(x²), x_(W_Q)'],
    ['$\\alpha x \\times \\beta$', 'α x × β'],
    ['$W_Q$ and $x_{ij}$', 'W_Q and xᵢⱼ'],
    ['$\\left( a \\right)$ and $\\|x\\|$', '( a ) and ‖x‖'],
    ['$p_\\theta(y|x)$ and $v_\\text{max}$ and $x^\\dagger$', 'p_θ(y|x) and v_max and x†'],
    ['a \\pm b \\approx0.37', 'a ± b ≈0.37'],
    ['$x^q$, $x^-$, $x_-$, $x_+$', 'x^q, x⁻, x₋, x₊'],
  ])('%s', (raw, shown) => {
    expect(tidyTitle(raw)).toBe(shown);
  });
});

describe('formulas without dollar signs and backslashes', () => {
  it.each<Pair>([
    ['an ell_2 penalty', 'an ℓ₂ penalty'],
    ['nabla^2DFT', '∇²DFT'],
    ['a 360^circ view of 360^circtimes180^circ', 'a 360° view of 360°×180°'],
    ['R^textbf{2AI}: safer', 'R²AI: safer'],
    ['rate mathcal{O}(T^{-1/3})', 'rate O(T^(-1/3))'],
    ['1920times1080 at 36times 64, 2.4times faster (5times)', '1920×1080 at 36× 64, 2.4× faster (5×)'],
    ['LLMtimesMapReduce, 8timesA100, to times3.2', 'LLM×MapReduce, 8×A100, to ×3.2'],
    ['by 15timessim50times', 'by 15×∼50×'],
    ['X^{2}-Gaussian and SL^{2}A-INR', 'X²-Gaussian and SL²A-INR'],
    ['2^{128} codes, 10^{-3}, 10^6', '2¹²⁸ codes, 10⁻³, 10⁶'],
    ['FaSTA^* beats A^{*}, W^+ and c^ast', 'FaSTA* beats A*, W⁺ and c*'],
    ['N_0-VTLA, \\mu_0, pi_0, F_1.', 'N₀-VTLA, μ₀, π₀, F₁.'],
    ['V_{0.5}, π_{0.5}.Our, pi_0.5', 'V_0.5, π_0.5.Our, π_0.5'],
    ['G_{stack}, r^{update}, AnyTalk_{RT}, theta_{GRPO}', 'G_stack, r^update, AnyTalk_RT, θ_GRPO'],
    ['R^{mtimes n}, R^{d times d}, x^{circ}', 'R^(m×n), R^(d×d), x°'],
    ['k_t v_t^top on a d_k times d_v cache', 'kₜ vₜᵀ on a dₖ × dᵥ cache'],
    ['rule eta_2propto d^{-1}', 'rule η₂∝ d⁻¹'],
    ['eta/lambdacdot d', 'eta/λ⋅ d'],
    ['O(N^2 cdot T), diameter leq 3^L, lceil log_2 N rceil', 'O(N² ⋅ T), diameter ≤ 3ᴸ, ⌈ log₂ N ⌉'],
    ['error varepsilon, infty-RoPE, 1%downarrow', 'error ε, ∞-RoPE, 1%↓'],
    ['sim11%, sim110k, sim!30 FPS, sim4times, leq2B, approx20%', '∼11%, ∼110k, ∼30 FPS, ∼4×, ≤2B, ≈20%'],
    ['{sim}20% and 2{times} and {approx}0.2', '∼20% and 2× and ≈0.2'],
    ['D_f approx 1.87, η^2 approx 0.5', 'D_f ≈ 1.87, η² ≈ 0.5'],
    ['(pm1) layers', '(±1) layers'],
    ['p_i^{,old} and T propto D^γ', 'pᵢ^old and T ∝ Dᵞ'],
    ['L_{1,2}-norm, n^{1+o(1)}, z_{t+1}', 'L₁,₂-norm, n¹⁺ᵒ⁽¹⁾, zₜ₊₁'],
    ['CO_2Jump and CO_2 levels', 'CO₂Jump and CO₂ levels'],
    ['R(x)=sum_k w_k R_k(x)', 'R(x)=∑ₖ wₖ Rₖ(x)'],
    ['16^3times higher, R^2times', '16³× higher, R²×'],
    ['1/{varepsilon}, V{varepsilon^2}, 1{delta}', '1/ε, V/ε², 1/δ'],
    ['f_theta, x_text{old}', 'f_θ, x_old'],
    ['Released^§ and |v_{ref}| and (1-p)^2', 'Released§ and |v_ref| and (1-p)²'],
    ['J_{G}^* {F}_t on {W}', 'J_G* Fₜ on W'],
    ['tilde{O}(n), sqrt{N}, mathbb{Z}', 'Õ(n), √N, ℤ'],
  ])('%s', (raw, shown) => {
    expect(tidyTitle(raw)).toBe(shown);
  });
});

describe('what only looks like a formula', () => {
  it.each([
    'snake_case, file_2.txt, v_2a, x_1_y and f_2.txt',
    'float8_e4m3, Q4_0, SW_r14, eval_v1, fix_1@1, v4_v5, tool_call, down_proj',
    'alpha_dropout, np.pi_0, a/pi_0, x_i.py, self.x_1',
    'cat.n.01, Pass@k, P(y|x), S*, 0.5M*',
    '<think> and <|im_end|> and <a href="x">',
    'the alpha version, pi, times, beta, in, to, sum, top and ell',
    'three times, sometimes, timesteps and 3 times 4 cups',
    'sim2real and sim2sim transfer at 5pm today',
    'approx half of it, and sim or not',
    '$200k, under $0.1, $60 GPUs',
    'from $20 to $30, $5 or 4$ an hour, 87-$89% (US$44)',
    'at 4$ per hour, set of 90$',
    '{-1, 0, 1}, {True, False}, {"a": 1}, Qwen3-{1.7B, 4B}',
    'CoSTAast and frac12 of it',
    'footnote[^1], x ^ 2, ^_^',
    '--help, <!-- x -->, a ---- b, x--> y, |--|',
    '~13% of 60%~70%, 1M~4M and 10~100, ~/home, y~x',
    "rock 'n' roll, dogs' tails, f''(x), 5'' disk",
    '`cat.n.01` and `x_0 + 1` and ```code```',
    'C:\\Users\\x_1 and D:\\data',
    'an {open brace, a } closing one',
    'https://example.org/a_b_c^2/~me/x_1?y=$z&w={',
    'mail a_1@b_2.org or see www.example.org/x_1 and site.github.io/y_2',
    '10^(-10) and 10^0.5',
    'plan -- B'.replace(' -- ', '-'),
  ])('%s stays', (text) => {
    expect(tidyTitle(text)).toBe(text);
  });

  it('leaves an address alone, whatever stands around it', () => {
    const address = 'https://example.org/~me/a_b__c^2/x_1--y.html?q=a_1&r=%20#f_2';
    expect(tidyTitle(`see~${address} now`)).toBe(`see ${address} now`);
    expect(tidyTitle(`\\textbf{see ${address}}`)).toBe(`see ${address}`);
    expect(tidyTitle(`\\url{${address}}.`)).toBe(`${address}.`);
  });
});

describe('commands', () => {
  it.each<Pair>([
    ['\\textbf{B}old, \\emph{em}, \\texttt{x}, {\\tt y}, {\\it vs.} z', 'Bold, em, x, y, vs. z'],
    ['{bf Elastic} and {it vs.} it', 'Elastic and vs. it'],
    ['\\textcolor{red}{X}, teal{Tool use}, softred{Y}', 'X, Tool use, Y'],
    ['\\color{red}word, {\\color{blue} sea}, \\color{ddtD}iffusion', 'word, sea, ddtDiffusion'],
    ['\\method wins, {\\name}, \\ours{} too, \\model~is', 'method wins, name, ours too, model is'],
    ['\\mytool{Hammer} and \\b{Coupled Learning}', 'Hammer and Coupled Learning'],
    ['(\\eg, x; \\ie y), \\etc. and \\etal', '(e.g., x; i.e. y), etc. and et al.'],
    ['5\\%, Q\\&A, \\$0.0007, a\\_bc, \\#1, \\{a, b\\}', '5%, Q&A, $0.0007, a_bc, #1, {a, b}'],
    ['a Network\\ for 300\\,k vs.\\ 8\\;GB, no\\!w, hy\\-phen', 'a Network for 300 k vs. 8 GB, now, hyphen'],
    ['line\\\\break, next\\\\[2pt]line', 'line break, next line'],
    ['\\LaTeX, \\alphabet, LLaMA\\nobreakdash-3', 'LaTeX, alphabet, LLaMA-3'],
    ['for \\0.1 or \\22K; \\3) third', 'for $0.1 or $22K; 3) third'],
    ['as shown \\cite[p.~3]{x} in~\\ref{sec:a}', 'as shown in'],
    ['\\begin{abstract}Text\\end{abstract}', 'Text'],
    ['done\\footnote{Later.} and\\footnote{open', 'done (Later.) and open'],
    ['E\\textsuperscript{2}R, H\\textsubscript{2}O', 'E²R, H₂O'],
    ['360{\\deg}, {\\sigma}, ({\\Delta}{\\Delta}G)', '360°, σ, (ΔΔG)'],
    ['\\textgreater 96\\%, \\textbackslash, \\S 4', '> 96%, ∖, § 4'],
    ['x\\quad y\\hspace{2em}z', 'x yz'],
    ['\\textbf{open, \\emph and', 'open, and'],
    ['{S}ignal {P}reservation, Le{a}rner', 'Signal Preservation, Learner'],
    ['1{,}879 and N{=}4 and r{=}{-}0.1', '1,879 and N=4 and r=-0.1'],
    ['It is. % We think. %Or not: 5 % A', 'It is. We think. Or not: 5 % A'],
    ['to enhance} it, an A}gent', 'to enhance it, an Agent'],
    ['we {decide} and {think twice}', 'we decide and think twice'],
    ['\\*starred\\*, \\<b\\>, trailing \\', '*starred*, <b>, trailing'],
    [
      '\\href{https://a.org/x_1}{here} \\href{https://a.org/}{https://a.org} \\href{https://a.org/b}',
      'here (https://a.org/x_1) https://a.org/ https://a.org/b',
    ],
    [
      'our https://a.org/x_1{page} and https://a.org{a.org}.',
      'our page (https://a.org/x_1) and https://a.org.',
    ],
    [
      'https://a.org/{Our code is here.} https://b.org}{b.org',
      'Our code is here (https://a.org/). https://b.org b.org',
    ],
    ['{https://a.org/x\\_1}, https://a.org/a\\#b', 'https://a.org/x_1, https://a.org/a#b'],
    ['<answer> {last round answer} </answer>', '<answer> {last round answer} </answer>'],
  ])('%s', (raw, shown) => {
    expect(tidyTitle(raw)).toBe(shown);
  });
});

describe('accents', () => {
  it.each<Pair>([
    ['B\\"uttiker, (\\"Ust\\"un), Schr\\"{o}dinger', 'Büttiker, (Üstün), Schrödinger'],
    ["Pok\\'emon, Fr\\'{e}chet, Bolet\\'{\\i}n, Mart\\'\\i n", 'Pokémon, Fréchet, Boletín, Martín'],
    ["Ma\\'nczak, vis-\\`a-vis, \\^ile, ma\\~nana", 'Mańczak, vis-à-vis, île, mañana'],
    [
      "Erd\\H{o}s, Ko\\v{c}isk\\'y, fran\\c{c}ais, \\v s, \\.I, \\=a, \\u{g}",
      'Erdős, Kočiský, français, š, İ, ā, ğ',
    ],
    ['S\\o ren, \\L ukasz, Stra\\ss e, \\AE gir, \\aa{}ngstr', 'Søren, Łukasz, Straße, Ægir, ångstr'],
    ["the MLLM\\'s, GPT-4o\\'s, don\\'t", "the MLLM's, GPT-4o's, don't"],
    ['\\"hello\\" and \\\'words\\\'', '"hello" and \'words\''],
    ['\\~8B, \\^{}, \\"{}', '~8B, ^, "'],
    ['\\c, \\v', 'c, v'],
  ])('%s', (raw, shown) => {
    expect(tidyTitle(raw)).toBe(shown);
  });
});

describe('punctuation', () => {
  it.each<Pair>([
    ["``slightly better'' or ''worse''", '“slightly better” or “worse”'],
    ['a ``drop-in" part, `light\' and ``open', 'a “drop-in” part, ‘light’ and ``open'],
    ['1--16 steps, signals---visual, Trans -- new', '1–16 steps, signals—visual, Trans – new'],
    ['Models~(LLMs), Task~8, 450~MB, ,~i.e.', 'Models (LLMs), Task 8, 450 MB, , i.e.'],
  ])('%s', (raw, shown) => {
    expect(tidyTitle(raw)).toBe(shown);
  });
});

describe('groups', () => {
  it('reads them forty deep and only strips what lies below', () => {
    expect(tidyText(`${'\\textbf{'.repeat(60)}x${'}'.repeat(60)}`)).toMatch(/^(textbf)*x$/);
  });
});
