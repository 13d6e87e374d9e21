// Welsh for everything that is not a transferable vote; awaiting a native reader.
import type { Base } from '../majority.ts'
import { isPart } from './figures.ts'
import type {
  BudgetPhrases,
  CommitteePhrases,
  GradePhrases,
  MajorityPhrases,
  PairPhrases,
  SinglePhrases,
  StepFigure,
} from './phrases.ts'
import { papurau, rhestr, rhif, rhifTestun } from './welsh-phrases.ts'

/** What a share is of: one, and several. */
const seiliau: Readonly<Record<Base, readonly [un: string, llawer: string]>> = {
  'for-and-against': ['bleidlais o blaid neu yn erbyn', 'o bleidleisiau o blaid ac yn erbyn'],
  'votes-cast': ['bleidlais a fwriwyd', 'o bleidleisiau a fwriwyd'],
  valid: ['papur dilys', 'o bapurau dilys'],
  returned: ['papur a ddychwelwyd', 'o bapurau a ddychwelwyd'],
  issued: ['papur a roddwyd', 'o bapurau a roddwyd'],
  roll: ['person ar y gofrestr', 'o bobl ar y gofrestr'],
  present: ['person yn bresennol', 'o bobl yn bresennol'],
  seated: ['sedd wedi’i llenwi', 'o seddi wedi’u llenwi'],
  seats: ['sedd', 'o seddi'],
  electorate: ['person yn yr etholaeth', 'o bobl yn yr etholaeth'],
}

const papurauTestun = (ffigur: string): string => rhifTestun(ffigur, 'papur', 'o bapurau')
const pwyntiau = (ffigur: string): string => rhifTestun(ffigur, 'pwynt', 'o bwyntiau')

/** Yes-or-no decisions in Welsh. */
export const welshMajority: MajorityPhrases = {
  outcome: (carried, votes, aside) => {
    const rest = [
      [aside.abstain, 'yn ymatal'],
      [aside.blank, 'yn wag'],
      [aside.spoilt, 'wedi’u difetha'],
    ].flatMap(([n, word]) => (n === null ? [] : [`${n ?? ''} ${word ?? ''}`]))
    return `${carried ? 'Derbyniwyd' : 'Ni dderbyniwyd'}: ${[`${votes.for} o blaid, ${votes.against} yn erbyn`, ...rest].join(', ')}.`
  },
  condition: (measure, comparison, need, { line, votes, margin, sign, met }) => {
    const what = measure === 'yes' ? 'Pleidleisiau o blaid' : 'Y nifer a bleidleisiodd'
    const least = comparison === 'at least' ? 'o leiaf' : 'mwy na'
    const how = 'number' in need ? need.number : `${need.share} o ${rhifTestun(need.size, ...seiliau[need.of])}`
    const by = sign < 0 ? `${margin} yn brin` : sign === 0 ? 'wedi’i fodloni’n union' : `wedi’i fodloni gyda ${margin} dros ben`
    return `${what}, ${least} ${how}: y llinell yw ${line}, cafwyd ${votes}, ${by}.${met ? '' : ' Heb ei fodloni.'}`
  },
  options: { for: 'O blaid', against: 'Yn erbyn', abstain: 'Ymatal', blank: 'Papurau gwag', spoilt: 'Papurau wedi’u difetha' },
}

/** Comparisons in pairs in Welsh. */
export const welshPairs: PairPhrases = {
  compared: (valid, blank) =>
    `Cymharwyd pob ymgeisydd â phob un arall ar ${papurau(valid)}${blank === 0 ? '' : ` (nid oedd ${papurau(blank)} yn gosod neb sy’n sefyll mewn trefn)`}.`,
  beatsAll: (who) => `Roedd yn well gan y papurau ${who} na phob ymgeisydd arall, un am un.`,
  nobodyBeatsAll: 'Nid oedd neb yn well gan y papurau na phawb arall, un am un, felly’r dull sy’n penderfynu.',
  win: ({ winner, loser, for: ahead, against }) => `${winner} dros ${loser} (${ahead} i ${against})`,
  strongestChains: (winners) =>
    `Cymharwyd cadwyni o fuddugoliaethau, pob un mor gryf â’i buddugoliaeth wannaf. Nid oes cadwyn yn erbyn ${rhestr(winners)} yn gryfach na’r un yn ôl${winners.length === 1 ? '' : ', felly maent yn gyfartal'}.`,
  locked: (locked, leftOut) =>
    `Cymerwyd y buddugoliaethau o’r gryfaf i lawr, a chlowyd ${locked}.${leftOut.length === 0 ? '' : ` Gadawyd allan, am fod rhai cryfach eisoes yn dweud y gwrthwyneb: ${leftOut.join('; ')}.`}`,
  lockedTop: (who) => `Gyda’r cyfan wedi’u cloi, nid oes neb uwchlaw ${rhestr(who)}.`,
  worst: (winners, n) =>
    n === '0' ? `Nid oes neb yn curo ${rhestr(winners)}.` : `Y golled waethaf leiaf yw ${n}: eiddo ${rhestr(winners)}.`,
  mostPoints: (winners, points) => `Pwynt am bob ymgeisydd a gurir: ${rhestr(winners)} sydd â’r mwyaf, ${points}.`,
  droppedQuorum: (who, votes) =>
    `Gollyngwyd ${who}: mae’n well gan ${papurauTestun(votes)} hwn na’r opsiwn diofyn, llai na’r cworwm.`,
  droppedMajority: (who, votes, against) =>
    `Gollyngwyd ${who}: mae’n well gan ${papurauTestun(votes)} hwn na’r opsiwn diofyn ac nid yw gan ${against}, yn brin o’i fwyafrif.`,
  schwartz: (set, dropped) =>
    dropped.length === 0
      ? `Nid oes neb o’r tu allan yn curo’r rhain, na’r un ohonynt y llall: ${rhestr(set)}.`
      : `Erys ${rhestr(set)}, sy’n curo ei gilydd mewn cylch. Rhoddwyd y gwannaf o’r neilltu: ${dropped.join('; ')}.`,
  oneToOne: (winner, loser, ahead, behind) =>
    ahead === behind
      ? `Un am un, mae ${winner} a’r llall, ${loser}, yn gyfartal ar ${ahead}.`
      : `Un am un, mae gan ${winner} ${ahead} a chan ${loser} ${behind}.`,
  chain: (winner, who, weakest, back) =>
    `Cryfder y gadwyn o ${winner} at ${who}: ${weakest}. ${back === null ? 'Nid oes cadwyn yn arwain yn ôl.' : `Mae’r gadwyn yn ôl yn wannach: ${back}.`}`,
  lockedAbove: (winner, who, chain) => `Mae’r buddugoliaethau a glowyd yn gosod ${winner} uwchlaw ${who}: ${chain.join('; ')}.`,
  worstOf: (who, n, winner, theirs) => `Colled waethaf ${who} yw ${n}, un ${winner} yw ${theirs}.`,
  pointsOf: (who, points, winner, theirs) => `Mae gan ${who} ${points} o’r pwyntiau hyn, a chan ${winner} ${theirs}.`,
  outsideSet: (who, set) => `Mae ${who} yn colli, yn uniongyrchol neu drwy gadwyn, i ${rhestr(set)} ac nid yw’n eu curo yn ôl.`,
  level: (who, winner) => `Nid yw’r dull yn gosod ${who} na ${winner} o flaen ei gilydd.`,
}

/** Methods by grades in Welsh. */
export const welshGrades: GradePhrases = {
  added: (n, winners) => `Adiwyd graddau ${papurau(n)}. Y ffigur uchaf yw eiddo ${rhestr(winners)}.`,
  tooFew: (who) => `Rhy ychydig o bapurau sy’n graddio ${rhestr(who)} i gyfanswm gyfrif.`,
  finalists: (first, second, sums) =>
    second === null
      ? `Mae ${first} yn sefyll heb neb arall.`
      : `Y ddau gyfanswm uchaf yw rhai ${first} (${sums[0] ?? ''}) a ${second} (${sums[1] ?? ''}): ânt i’r rownd derfynol.`,
  starTie: (where, tied, by, left) => {
    const level = `Roedd ${rhestr(tied)} yn gyfartal yn y ${where === 'scores' ? 'cyfansymiau' : 'rownd derfynol'}`
    const how = {
      'head to head': 'mwy o fuddugoliaethau ymhlith ei gilydd',
      'higher score': 'y cyfanswm uwch',
      'highest grades': 'mwy o’r graddau uchaf',
      lot: 'y coelbren',
    }[by]
    return `${level}; ${how} a benderfynodd o blaid ${rhestr(left)}.`
  },
  runoff: (first, second, forFirst, forSecond, alike, winner) =>
    `Yn y rownd derfynol mae ${forFirst === '1' ? '1 papur yn' : `${forFirst} o bapurau’n`} graddio ${first} yn uwch, ${forSecond} yn graddio ${second} yn uwch ac ${alike} yn graddio’r ddau yr un fath: ${winner} sy’n ennill.`,
  medians: (n) => `Ar ${papurau(n)}, rhoddwyd graddau pob ymgeisydd mewn trefn, a’r un ganol yw’r radd fwyafrifol.`,
  median: (who, grade) => `${rhestr(who)}: ${grade}.`,
  parted: (better, worse, taken, medians) =>
    medians === null
      ? `Mae gan ${better} a ${worse} yr un graddau drwyddi draw.`
      : `Mae gan ${better} a ${worse} yr un radd fwyafrifol. Ar ôl tynnu ${taken} ohoni oddi wrth y ddau, y graddau canol oedd ${medians[0]} a ${medians[1]}.`,
  pointsCounted: (n, overspent) =>
    `Adiwyd pwyntiau ${papurau(n)}.${overspent === 0 ? '' : ` Rhoddodd ${papurau(overspent)} fwy o bwyntiau nag oedd i’w rhoi; nid yw’n ddilys.`}`,
  behind: (who, figure, last, line) => `Mae gan ${who} ${figure}; mae gan ${last}, yr olaf a etholwyd, ${line}.`,
  notFinalist: (who, sum, finalist, line) =>
    `Ni chyrhaeddodd ${who} y rownd derfynol: cyfanswm o ${sum}, lle roedd gan ${finalist} ${line}.`,
  graderShort: (who, graders) => `Dim ond ${papurauTestun(graders)} sy’n graddio ${who}: rhy ychydig i gymedr gyfrif.`,
  medianBehind: (who, grade, last, line) =>
    grade === null
      ? `Ni raddiodd neb ${who}.`
      : `Gradd fwyafrifol ${who} yw ${grade}; un ${last}, yr olaf a etholwyd, yw ${line ?? '–'}.`,
}

/** A part of a seat, or whole ones. */
const seddi = (ffigur: string): string => (isPart(ffigur) ? `${ffigur} o sedd` : rhifTestun(ffigur, 'sedd', 'o seddi'))

const enillwyd = ({ kind, text }: StepFigure): string =>
  ({
    points: `, sy’n ychwanegu fwyaf, ${pwyntiau(text)}`,
    load: `, y mae’r baich mwyaf ar ei bleidleiswyr leiaf, ${seddi(text)}`,
    figure: `, ar ${text}`,
  })[kind]

/** Committees by approval in Welsh. */
export const welshCommittee: CommitteePhrases = {
  approvals: (n) => `Cyfrifwyd y cymeradwyaethau ar ${papurau(n)}.`,
  most: (who) => `Roedd ${rhestr(who)} ar y blaen i bawb arall.`,
  best: (committees) =>
    `Pwyswyd pob pwyllgor posibl yn ôl y rheol, ${committees === 1 ? 'ac un sydd orau' : `ac mae ${committees} gystal â’i gilydd`}.`,
  taken: (step, who, figure, tied) =>
    `Aeth sedd ${step} i ${who}${figure === null ? '' : enillwyd(figure)}.${tied.length === 0 ? '' : ` Roedd ${rhestr(tied)} yn gyfartal a’r coelbren a ddewisodd.`}`,
  removed: (step, who, figure, tied) =>
    `Tynnu ${step}: heb ${who} y collwyd leiaf${figure === null ? '' : `, ${pwyntiau(figure.text)}`}.${tied.length === 0 ? '' : ` Roedd ${rhestr(tied)} yn gyfartal a’r coelbren a ddewisodd.`}`,
  tiedCommittees: (n) =>
    `Mae’r rheol yn gadael ${rhif(n, 'pwyllgor', 'o bwyllgorau')} yn gyfartal; y drefn goelbren gyhoeddedig a ddewisodd rhyngddynt.`,
  whySupport: (who, n, last, line) => `Cymeradwywyd ${who} ar ${papurau(n)}; ${last}, yr olaf a etholwyd, ar ${line}.`,
  whyStepwise: (who, n, steps) =>
    `Cymeradwywyd ${who} ar ${papurau(n)}, ond ${steps === 1 ? 'yn yr unig gam' : `ym mhob un o’r ${steps} o gamau`} rhywun arall a ychwanegodd fwy at y rhai heb gynrychiolaeth eto.`,
  whyTiedAt: (who, step, chosen) =>
    `Yng ngham ${step} roedd ${rhestr([who, chosen])} yn gyfartal, a’r coelbren a ffafriodd ${chosen}.`,
  whyRemoved: (who, step, n) => `Tynnwyd ${who}, a gymeradwywyd ar ${papurau(n)}, yng ngham ${step}, pan gollwyd leiaf hebddynt.`,
  whyNoCommittee: (who, n, tied) =>
    `Cymeradwywyd ${who} ar ${papurau(n)}, ond nid yw ar yr un pwyllgor gorau${tied === 1 ? '' : ` (mae ${tied})`}.`,
  whyLot: (who, on, of) =>
    `Mae ${who} ar ${on} o’r ${rhif(of, 'pwyllgor', 'o bwyllgorau')} a oedd yn gyfartal; un arall a ddewisodd y coelbren.`,
}

/** Budgets in Welsh. */
export const welshBudget: BudgetPhrases = {
  start: (budget, projects) => `Mae ${budget} i’w wario a ${rhif(projects, 'prosiect', 'o brosiectau')} i ddewis ohonynt.`,
  share: (share) => `Cyfran pob pleidleisiwr yw ${share}.`,
  funded: (who, cost, n, left, price) =>
    `Ariannwyd ${who}: ${cost}, gyda chefnogaeth ${papurau(n)}${price === null ? '' : `, ar ${price} am bob uned o werth`}. Mae hynny’n gadael ${left}.`,
  tooDear: (who, cost, left) => `Mae ${who} yn costio ${cost}, a dim ond ${left} oedd ar ôl.`,
  tooFew: (who, n) => `Mae ${who} yn cael cefnogaeth ${papurau(n)}, llai nag sydd ei angen ar brosiect.`,
  excludedBy: (who, other) => `Ni ellir ariannu ${who} ochr yn ochr ag un arall, ${other}.`,
  stopped: (who) => `Daeth ${who} ar ôl prosiect na chyrhaeddodd yr arian ato, ac yno mae’r rheol yn stopio.`,
  notAffordable: (who, n, cost) =>
    `Mae ${who} yn costio ${cost}. Ni allai’r rhai sy’n ei gefnogi (${papurau(n)}) dalu amdano gyda’i gilydd o’u cyfrannau.`,
  tied: (who, chosen) => `Roedd ${rhestr(who)} yn gyfartal, a’r coelbren a roddodd ${chosen} yn gyntaf.`,
  outcome: (funded, spent, left) =>
    funded.length === 0
      ? `Nid ariennir dim; mae ${left} ar ôl.`
      : `Ariannwyd ${rhif(funded.length, 'prosiect', 'o brosiectau')} am ${spent}: ${rhestr(funded)}. Mae ${left} ar ôl.`,
  ends: { budget: 'Cyllideb', left: 'Arian ar ôl' },
  acts: {
    funded: 'ariannwyd',
    'does not fit': 'ddim yn ffitio',
    'too few votes': 'rhy ychydig o bleidleisiau',
    'excluded by another': 'wedi’i atal gan un arall',
    stopped: 'ar ôl y stop',
    untouched: 'ddim yn fforddiadwy',
  },
}

/** Marks, points of places and two rounds in Welsh. */
export const welshSingle: SinglePhrases = {
  marks: (valid, blank, tooFew, tooMany) => {
    const aside = [
      [blank, 'yn wag'],
      [tooFew, 'â rhy ychydig o farciau'],
      [tooMany, 'â gormod'],
    ].flatMap(([n, what]) => (n === 0 ? [] : [`${n ?? ''} ${what ?? ''}`]))
    return `Adiwyd y marciau ar ${papurau(valid)}${aside.length === 0 ? '' : ` (heb eu cyfrif: ${aside.join(', ')})`}.`
  },
  points: (valid, blank) =>
    `Adiwyd y pwyntiau am bob safle ar ${papurau(valid)}${blank === 0 ? '' : ` (nid oedd ${papurau(blank)} yn gosod neb sy’n sefyll mewn trefn)`}.`,
  ahead: (who) => `Gan ${rhestr(who)} y mae’r mwyaf.`,
  kept: (who, group, clause, others) =>
    `Cedwir ${rhif(who.length, 'lle', 'o leoedd')} i “${group}” (${clause}), ac o’u plith gan ${rhestr(who)} y mae’r mwyaf.${others.length === 0 ? '' : ` O’r lleill i gyd, gan ${rhestr(others)} y mae’r mwyaf.`}`,
  allKept: (group) => `Cadwyd pob lle i “${group}”.`,
  majority: (needed) => `Mae ${rhifTestun(needed, 'bleidlais', 'o bleidleisiau')} yn fwy na hanner.`,
  wonAtOnce: (who, votes) => `Mae gan ${who} ${votes}, sy’n penderfynu’r mater.`,
  goOn: (who) => `Nid oes gan neb gynifer, felly mae ail rownd i fod rhwng ${rhestr(who)}.`,
  secondDue: 'Mae ei phapurau eto i ddod.',
  isOn: (who) => `Mae ${who} yn mynd ymlaen i’r ail rownd.`,
  wonSecond: (who, votes) => `Yn yr ail rownd mae’r mwyaf o bleidleisiau yn ddigon: mae gan ${who} ${votes}.`,
  notOn: (who, votes, last, line) => `Roedd gan ${who} ${votes} ac ni chyrhaeddodd yr ail rownd; gwnaeth ${last} gyda ${line}.`,
  undecided: (who) => `Heb ei benderfynu eto: ail rownd rhwng ${rhestr(who)}.`,
}
