/**
 * What TeX names mean in Unicode. Compared once with the table of unicodeit 0.7.5; it holds what titles and abstracts
 * use, not everything that TeX can typeset. Each list is "name character name character …".
 */

const GREEK = table(`
  alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ
  nu ν xi ξ pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω
  Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω`);

/** Names that no English sentence holds: enough to know half-stripped mathematics by. */
const UNMISTAKABLE = table(`
  cdot ⋅ cdots ⋯ ldots … ddots ⋱ vdots ⋮ leq ≤ geq ≥ neq ≠ leqslant ≤ geqslant ≥ propto ∝ simeq ≃ infty ∞ mapsto ↦ varepsilon ε vartheta ϑ varpi ϖ varrho ϱ varsigma ς varphi φ
  rightarrow → leftarrow ← leftrightarrow ↔ uparrow ↑ downarrow ↓ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔
  longrightarrow ⟶ longleftarrow ⟵ hookrightarrow ↪ lceil ⌈ rceil ⌉ lfloor ⌊ rfloor ⌋ langle ⟨ rangle ⟩
  otimes ⊗ oplus ⊕ odot ⊙ subseteq ⊆ supseteq ⊇ emptyset ∅ varnothing ∅ notin ∉ nexists ∄ setminus ∖ lesssim ≲ gtrsim ≳`);

const OTHERS = table(`
  times × div ÷ pm ± mp ∓ ast * star ⋆ circ ∘ bullet • cap ∩ cup ∪ sqcup ⊔ sqcap ⊓ wedge ∧ land ∧ vee ∨ lor ∨ neg ¬ lnot ¬
  ominus ⊖ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂ diamond ⋄ triangle △ square □ Box □ blacksquare ■ lozenge ◊
  le ≤ ge ≥ ne ≠ ll ≪ gg ≫ sim ∼ approx ≈ cong ≅ equiv ≡ doteq ≐ prec ≺ succ ≻ preceq ⪯ succeq ⪰ in ∈ ni ∋ subset ⊂
  supset ⊃ subsetneq ⊊ mid | parallel ∥ perp ⊥ vdash ⊢ models ⊨ bot ⊥ top ⊤ asymp ≍ triangleq ≜ coloneqq ≔
  to → gets ← iff ⇔ implies ⇒ Longrightarrow ⟹ Longleftarrow ⟸ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖ updownarrow ↕
  leadsto ⇝ rightleftharpoons ⇌ xrightarrow → uplus ⊎ circlearrowleft ↺ circlearrowright ↻
  lbrace { rbrace } lbrack [ rbrack ] lvert | rvert | vert | lVert ‖ rVert ‖ Vert ‖ Vvert ⦀
  sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ oint ∮ partial ∂ nabla ∇ forall ∀ exists ∃ therefore ∴ because ∵
  ell ℓ hbar ℏ Re ℜ Im ℑ wp ℘ aleph ℵ beth ℶ imath ı jmath ȷ prime ′ angle ∠ surd √ degree ° deg ° dots … dotsc … dotsb ⋯
  dag † dagger † ddag ‡ ddagger ‡ S § P ¶ copyright © textcopyright © textregistered ® texttrademark ™ pounds £ textsterling £
  euro € texteuro € yen ¥ textyen ¥ cent ¢ textcent ¢ textdegree ° textmu µ textpm ± texttimes × textdiv ÷
  textgreater > textless < textbar | textbackslash ∖ backslash ∖ textasciitilde ~ textasciicircum ^ textunderscore _
  textendash – textemdash — textquotedblleft “ textquotedblright ” textquoteleft ‘ textquoteright ’ lq ‘ rq ’
  textellipsis … textbullet • textperiodcentered · textasteriskcentered * textrightarrow → textleftarrow ←
  textuparrow ↑ textdownarrow ↓ textonehalf ½ guillemotleft « guillemotright » checkmark ✓ cmark ✓ xmark ✗ bigstar ★
  clubsuit ♣ diamondsuit ♦ heartsuit ♥ spadesuit ♠ sharp ♯ flat ♭ natural ♮ complement ∁ dollar $ lbrackk ⟦ rbrackk ⟧`);

/** A symbol's name, as TeX spells it without its backslash → its character. */
export const SYMBOLS: ReadonlyMap<string, string> = new Map([...GREEK, ...UNMISTAKABLE, ...OTHERS]);

/** Names that mean mathematics even when they lost their backslash, next to anything mathematical. */
export const MATH_ONLY: ReadonlyMap<string, string> = UNMISTAKABLE;

/** Names that mean a letter, once something is attached to them: `ell_2`, `nabla^2`, `tau_a`. */
export const ATTACHABLE: ReadonlyMap<string, string> = new Map([
  ...GREEK,
  ...table('ell ℓ nabla ∇ partial ∂ hbar ℏ infty ∞ sum ∑'),
]);

/** Names understood inside a script that lost its backslashes: `_{theta}`, `^{mtimes n}`. */
export const IN_SCRIPT: ReadonlyMap<string, string> = new Map([...GREEK, ...UNMISTAKABLE]);

/** Names that may be all of a script: `360^circ`, `A^ast`, `v^top`. */
export const SCRIPT_WORDS: ReadonlyMap<string, string> = new Map([
  ...GREEK,
  ...table('circ ∘ ast * star ⋆ top ⊤ dagger † ddagger ‡ prime ′ infty ∞ perp ⊥ pm ± deg °'),
]);

/** Names that stand for letters; TeX swallows the space after them: `S\o ren`. */
export const LETTERS: ReadonlyMap<string, string> = table(
  'o ø O Ø l ł L Ł ae æ AE Æ oe œ OE Œ aa å AA Å ss ß SS ẞ i ı j ȷ dh ð DH Ð th þ TH Þ dj đ DJ Đ ng ŋ NG Ŋ',
);

/** Macros that most papers define, and define alike. */
export const ABBREVIATIONS: ReadonlyMap<string, string> = table(
  `eg e.g. Eg E.g. ie i.e. Ie I.e. etc etc. vs vs. cf cf. Cf Cf. wrt w.r.t. aka a.k.a. dof d.o.f. iid i.i.d.
  resp resp. viz viz.`,
).set('etal', 'et al.');

/** Blackboard letters that everyone reads; the others stay plain letters. */
export const BLACKBOARD: ReadonlyMap<string, string> = table('N ℕ Z ℤ Q ℚ R ℝ C ℂ P ℙ H ℍ');

/** Functions keep their name, with or without backslash. */
export const FUNCTIONS: ReadonlySet<string> = words(
  'log ln lg exp max min sup inf lim limsup liminf arg argmax argmin sin cos tan cot sec csc sinh cosh tanh det dim ker Pr gcd mod hom',
);

/** Commands whose braces hold what is to be read; the first group says how it looks and is left out. */
export const STYLES: ReadonlySet<string> = words(
  `textbf textit textsc texttt textsf textrm textup textsl textmd textnormal text emph mbox hbox fbox underline uline
  mathbf mathcal mathrm mathit mathsf mathtt mathfrak mathscr mathnormal boldsymbol bm pmb operatorname ensuremath
  textcolor colorbox phantom smash boxed overline underbrace overbrace mathop mathbin mathrel substack uppercase lowercase
  MakeUppercase textquote enquote ul hl`,
);

/** Style commands that say their colour first: `\textcolor{teal}{Tool use}`. */
export const COLOURED: ReadonlySet<string> = words('textcolor colorbox');

/** Style names that are safe to know without their backslash, when a brace follows at once. */
export const BARE_STYLES: ReadonlySet<string> = words(
  `textbf textit textsc texttt textsf textrm textup textsl text emph mbox mathbf mathcal mathrm mathit mathsf mathtt
  mathfrak mathscr boldsymbol operatorname underline`,
);

/** Commands that change the look from here on; they say nothing. */
export const SWITCHES: ReadonlySet<string> = words(
  `bf it em tt rm sc sf sl cal bfseries itshape ttfamily rmfamily sffamily scshape slshape upshape mdseries normalfont
  tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge displaystyle textstyle scriptstyle limits
  nolimits left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr noindent centering protect
  nobreakdash allowbreak nobreak relax xspace item ignorespaces unskip nonumber notag null leavevmode strut`,
);

/** Commands that are space. */
export const SPACES: ReadonlySet<string> = words(
  'quad qquad enspace thinspace medspace thickspace space newline linebreak par hfill hspace vspace smallskip medskip bigskip',
);

/** Commands that vanish with what they name: places in the paper, lengths, environments. */
export const DROPPED: ReadonlySet<string> = words(
  'label ref eqref cref Cref autoref cite citep citet citealp citeauthor citeyear nocite vspace hspace begin end index thispagestyle',
);

const HUES =
  'red green blue cyan magenta yellow black white gray grey brown lime olive orange pink purple teal violet';

/** Colours: `teal{Tool use}` is what remains of `\textcolor{teal}{Tool use}`. */
export const COLOUR_NAME = new RegExp(`^(?:dark|light|soft|deep|my)?(?:${HUES.replaceAll(' ', '|')})$`, 'i');

function table(list: string): Map<string, string> {
  const items = list.trim().split(/\s+/);
  return new Map(items.flatMap((name, i) => (i % 2 === 0 ? [[name, items[i + 1] ?? '']] : [])));
}

function words(list: string): Set<string> {
  return new Set(list.trim().split(/\s+/));
}
