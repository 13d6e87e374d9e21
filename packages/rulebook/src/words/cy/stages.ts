import type { RuleOf } from '../../language/model.ts'
import { groundText, type Stage, type StageOf } from '../../schema/stages.ts'
import { group, numbered, when } from '../en/names.ts'
import {
  actorsWords,
  anchorWords,
  asAtWords,
  conditionsWords,
  durationWords,
  momentWords,
  thresholdWords,
  whenWords,
  whoWords,
} from './expressions.ts'
import { allOf, anyOf, dayOrdinal, fixed, led, listedAfter, numberOf, own } from './grammar.ts'
import { defaultsOf } from '../defaults.ts'
import { defaultWords } from './defaults.ts'
import { incompatibleWords } from './meetings.ts'
import { countingWords } from './methods.ts'
import type { Speaker } from './names.ts'
import { mandateWords } from './offices.ts'
import { timesWords } from './people.ts'
import { channelWords, methodWords, powerWords, stageNames } from './vocabulary.ts'

const outcomeWords: Readonly<Record<string, string>> = {
  met: 'os cyrhaeddir y nifer',
  unmet: 'os na chyrhaeddir y nifer',
  passed: 'os yw’n pasio',
  refused: 'os caiff ei wrthod',
  agreed: 'os cytunir arno',
  amended: 'os caiff ei ddiwygio',
  carried: 'os caiff ei dderbyn',
  fallen: 'os yw’n methu',
  upheld: 'os cadarnheir her',
  done: 'pan fydd hyn wedi’i wneud',
}
const targetWords = (to: string, s: Speaker): string =>
  to === 'fallen' ? 'mae’r cynnig yn methu' : to === 'end' ? 'daw’r weithdrefn i ben' : `${s.stage(to)('plain')} sy’n dilyn`
const branch = (row: { readonly key: string; readonly value: string }, s: Speaker): string =>
  `${outcomeWords[row.key] ?? `os ${s.label(row.key)} yw’r canlyniad`}, ${targetWords(row.value, s)}`

function common(stage: Stage, s: Speaker): readonly (string | null)[] {
  return [
    when(stage.with, (id) => `mae’n rhedeg ochr yn ochr ${led('â', s.stage(id))}`),
    when(stage.after, (id) => `mae’n dechrau ar ôl ${s.stage(id)('plain')}`),
    when(stage.when, (w) =>
      w.kind === 'fact <fact>'
        ? `dim ond tra bo ${s.title(w.fact)} yn ffaith y mae ar agor`
        : `dim ond ${led('o', momentWords(w.moment, s))} ymlaen y mae ar agor`,
    ),
    when(stage.atMost, (a) => `caniateir iddo ddigwydd ${timesWords(a.times)}`),
    when(stage.skipIf, (actors) => `caiff ei hepgor pan ${led('fo', actorsWords(actors, s))} yn cynnig`),
    ...(stage.then ?? []).map((row) => branch(row, s)),
  ]
}

/** One case per kind of stage: a table. */
function ownWordsOf(stage: Stage, s: Speaker): readonly (string | null)[] {
  switch (stage.do) {
    case 'propose':
      return proposeWords(stage, s)
    case 'support':
      return supportWords(stage, s)
    case 'check':
      return [
        `rhaid ${led('i', actorsWords(stage.by, s))} ei wirio o fewn ${durationWords(stage.within)}`,
        listedAfter(
          'ni chaniateir ei wrthod ond ar y sail a ganlyn:',
          anyOf,
          stage.grounds.map((g) =>
            g.kind === 'breaks <clause>' ? own(`torri rheol ${g.clause}`) : fixed(s.label(groundText(g))),
          ),
          { below: 'ni chaniateir ei wrthod ond ar un o’r seiliau a ganlyn' },
        ),
        when(stage.appeal, (appeal) => `caniateir apelio yn erbyn gwrthodiad o dan ${s.title(appeal)}`),
        stage.timeout === 'passed' ? 'heb ateb mewn pryd, mae’n pasio' : 'heb ateb mewn pryd, caiff ei wrthod',
      ]
    case 'notify':
      return [
        `rhoddir hysbysiad i bob ${s.one(stage.to.electorate)('plain')}${stage.to.kind === 'electorate <electorate>' ? '' : ' o’r grŵp hwn'}${when(stage.by, (by) => ` ${led('gan', actorsWords(by, s))}`) ?? ''}${when(stage.service, (id) => `, a’i gyflwyno o dan ${s.title(id)}`) ?? ''}`,
        when(
          stage.text,
          (t) =>
            ({
              final: 'mae’n cynnwys y testun terfynol',
              'statements of all': 'mae’n cynnwys datganiadau pawb',
              agenda: 'mae’n cynnwys yr agenda',
            })[t],
        ),
        when(stage.clear, (clear) => `mae’n rhedeg am ${durationWords(clear)} ar ôl dod i law`),
        when(stage.due, (due) => `rhaid ei anfon erbyn ${momentWords(due, s)('plain')}`),
      ]
    case 'debate':
      return [`mae’r ddadl ar agor am ${durationWords(stage.lasts)}`, when(stage.amendments, (a) => amendmentWords(a, s))]
    case 'consider':
      return [
        `rhaid ${led('i', s.the(stage.body))} ei ystyried o fewn ${durationWords(stage.within)}`,
        when(stage.meeting, (m) => `gwneir hynny ${led('yn', s.the(m))}`),
        when(stage.at, () => 'gwneir hynny yn ei gyfarfod nesaf'),
        when(stage.refusedWhen, (r) =>
          r === 'the motion to agree fails'
            ? 'fe’i gwrthodir pan fetha’r cynnig i gytuno'
            : 'dim ond pan basir cynnig i wrthod y’i gwrthodir',
        ),
        when(stage.mandate, (m) => mandateWords(m, s)),
        ...(stage.outcomes ?? []).map((row) => branch(row, s)),
        when(stage.appeal, (appeal) => `caniateir apelio yn erbyn yr ateb o dan ${s.title(appeal)}`),
        `heb ateb mewn pryd, ${{ agreed: 'bernir y cytunwyd arno', refused: 'bernir iddo gael ei wrthod', fallen: 'mae’r cynnig yn methu' }[stage.timeout]}`,
      ]
    case 'meeting':
      return meetingStageWords(stage, s)
    case 'nominate':
      return nominateWords(stage, s)
    case 'hustings':
      return [
        `rhaid ${led('i', actorsWords(stage.by, s))} gynnig gwrandawiad i bob ymgeisydd o fewn ${durationWords(stage.within)}`,
        'ni chaniateir hepgor unrhyw ymgeisydd',
      ]
    case 'freeze':
      return [
        `mae’r gofrestr yn cynnwys ${s.the(stage.electorate)('plain')} ${asAtWords(stage.at, s)}, ac nid yw’n newid ar ôl ei rhewi`,
        when(stage.provisional, () => 'mae’r rhai sydd ag apêl ar agor, neu sy’n dal i gael apelio, arni dros dro'),
      ]
    case 'ballot':
      return ballotWords(stage, s)
    case 'certify':
      return [
        `rhaid ${led('i', actorsWords(stage.by, s))} ardystio’r canlyniad o fewn ${durationWords(stage.within)}`,
        stage.timeout.kind === 'certified'
          ? 'heb ateb mewn pryd, bernir ei fod wedi’i ardystio'
          : `ar ôl hynny rhaid ${led('i', s.the(stage.timeout.office))} ei ardystio o fewn yr un amser eto, neu bernir ei fod wedi’i ardystio`,
        when(
          stage.objections,
          (o) =>
            `caiff ${actorsWords(o.by, s)('plain')} wrthwynebu gerbron ${s.the(o.to)('plain')} o fewn ${durationWords(o.within)}; heb ateb mewn pryd, ${o.timeout === 'dismissed' ? 'gwrthodir' : 'cadarnheir'} y gwrthwynebiad`,
        ),
      ]
    case 'challenge':
      return [
        `caiff ${actorsWords(stage.by, s)('plain')} herio’r canlyniad gerbron ${s.the(stage.to)('plain')} o fewn ${durationWords(stage.within)}`,
        listedAfter(
          'y seiliau yw:',
          anyOf,
          stage.grounds.map((g) => fixed(s.label(g))),
          { below: 'y seiliau yw un o’r canlynol' },
        ),
        `rhaid ${led('i', s.the(stage.to))} benderfynu o fewn ${durationWords(stage.decideWithin)}; heb ateb mewn pryd, ${stage.timeout === 'dismissed' ? 'gwrthodir yr her' : 'cadarnheir yr her'}`,
        stage.stay ? 'mae her agored yn atal yr hyn sy’n dilyn' : 'nid yw her agored yn atal dim',
      ]
    case 'delay':
      return [`rhaid i ${durationWords(stage.lasts)} fynd heibio`]
    case 'enact':
      return enactWords(stage, s)
  }
}

const mergeWords = {
  rebase: 'dygir ymlaen y newidiadau a wnaed ers yr hysbysiad',
  'refuse if a touched clause changed': 'caiff ei wrthod os yw cymal y mae’n ei newid wedi newid ers yr hysbysiad',
  'run-off': 'os yw cymal y mae’n ei newid wedi newid ers yr hysbysiad, gornest derfynol sy’n penderfynu rhwng y ddau',
} as const

const enactWords = (stage: StageOf<'enact'>, s: Speaker): readonly (string | null)[] => [
  `daw i rym ${stage.at.kind === '<moment>' ? whenWords(stage.at.moment, s) : `ar ddiwedd ${anchorWords(stage.at.stage, s)('plain')}`}: ei effaith yw ${powerWords[stage.effect]('plain')}`,
  when(stage.named, (n) => `y penderfyniad yw ${s.label(n)}`),
  when(
    stage.fills,
    (f) =>
      `mae’n llenwi ${allOf(
        f.map((x) =>
          x.kind === 'office <office>' ? s.the(x.office) : own(`seddi ${s.label(x.seat)} ${s.the(x.body)('plain')}`),
        ),
      )('plain')}`,
  ),
  when(stage.merge, (m) => mergeWords[m]),
]

const proposeWords = (stage: StageOf<'propose'>, s: Speaker): readonly (string | null)[] => [
  `caiff ${actorsWords(stage.by, s)('plain')} gynnig`,
  when(
    stage.form,
    (form) =>
      ({
        diff: 'mae’r cynnig yn dangos pob newid i’r testun',
        text: 'testun cyfan yw’r cynnig',
        topics: 'mae’r cynnig yn enwi pynciau',
        'counter-proposal': 'mae’r cynnig yn ateb un arall ac yn sefyll yn ei erbyn',
      })[form],
  ),
  when(stage.due, (at) => `rhaid iddo gyrraedd erbyn ${momentWords(at, s)('plain')}`),
]

const supportWords = (stage: StageOf<'support'>, s: Speaker): readonly (string | null)[] => [
  `rhaid cael llofnodion ${thresholdWords(stage.need, s)} o blith ${s.the(stage.signers.electorate)('plain')} o fewn ${durationWords(stage.window)}`,
  stage.then?.some((row) => row.key === 'unmet') === true ? null : 'fel arall daw’r cynnig i ben',
  stage.lapsed === 'count'
    ? 'mae llofnodwyr sydd wedi gadael ers hynny yn dal i gyfrif'
    : 'nid yw llofnodwyr sydd wedi gadael ers hynny yn cyfrif',
  when(
    stage.withdraw,
    (w) =>
      ({
        'until met': 'caniateir tynnu llofnod yn ôl nes cyrraedd y nifer',
        'until close': 'caniateir tynnu llofnod yn ôl nes i’r amser ddod i ben',
        no: 'ni chaniateir tynnu llofnod yn ôl',
      })[w],
  ),
]

const collisionWords = {
  'later falls': 'o welliannau na allant sefyll gyda’i gilydd, mae’r diweddaraf yn syrthio',
  'each is voted on': 'pleidleisir rhwng gwelliannau na allant sefyll gyda’i gilydd',
  'as ruled': 'dyfernir pa un o welliannau na allant sefyll gyda’i gilydd sy’n mynd ymlaen',
} as const
const takenWords = {
  'as received': 'cymerir gwelliannau yn y drefn y’u derbyniwyd',
  'furthest first': 'y gwelliant pellaf o’r testun a gymerir gyntaf',
  'as ruled': 'cymerir gwelliannau yn y drefn a ddyfernir',
} as const
const compositeWords = {
  'with consent of each mover': 'dim ond gyda chydsyniad pob cynigydd y cyfunir gwelliannau',
  'as ruled': 'cyfunir gwelliannau fel y dyfernir',
  no: 'ni chyfunir gwelliannau',
} as const

const amendmentWords = (a: NonNullable<StageOf<'debate'>['amendments']>, s: Speaker): string =>
  group(
    `caiff ${actorsWords(a.by, s)('plain')} gynnig gwelliant ${led('hyd at', momentWords(a.due, s))}`,
    when(a.need, (need) => `mae ar welliant angen cefnogaeth ${thresholdWords(need, s)}`),
    when(a.order, (v) => takenWords[v]),
    collisionWords[a.collision],
    when(a.composite, (v) => compositeWords[v]),
    when(a.ruledBy, (by) => `${actorsWords(by, s)('plain')} sy’n dyfarnu`),
  )

const scopeWords = {
  'what was proposed': 'dim ond yr hyn a gynigiwyd y mae’n ei drafod',
  'first agenda': 'dim ond ei agenda gyntaf y mae’n ei thrafod',
  'any business': 'caiff drafod unrhyw fater',
} as const
const unansweredWords = {
  agreed: 'heb benderfyniad mewn pryd, bernir y cytunwyd arno',
  refused: 'heb benderfyniad mewn pryd, bernir iddo gael ei wrthod',
  fallen: 'heb benderfyniad mewn pryd, mae’r cynnig yn methu',
  'signers may call it': 'os na chaiff ei alw mewn pryd, caiff y llofnodwyr ei alw',
} as const
const abstainWords = {
  cast: 'mae ymatal yn cyfrif fel pleidlais a fwriwyd',
  'not cast': 'nid yw ymatal yn cyfrif fel pleidlais a fwriwyd',
} as const

const meetingStageWords = (stage: StageOf<'meeting'>, s: Speaker): readonly (string | null)[] => [
  `rhaid i gyfarfod ${s.the(stage.body)('plain')} benderfynu o fewn ${durationWords(stage.within)}`,
  when(stage.calledBy, (by) => `rhaid ${led('i', actorsWords(by, s))} ei alw`),
  when(stage.notice, (n) => `rhoddir hysbysiad o ${durationWords(n)}`),
  when(stage.scope, (v) => scopeWords[v]),
  when(stage.quorum, (v) => (v === 'applies' ? 'mae cworwm y corff hwnnw’n gymwys' : 'nid oes angen cworwm')),
  when(stage.adjourned, (v) =>
    v === 'decides'
      ? 'caiff cyfarfod a ohiriwyd benderfynu arno'
      : 'ni chaiff cyfarfod a ohiriwyd am ddiffyg cworwm benderfynu arno',
  ),
  when(stage.abstain, (v) => abstainWords[v]),
  unansweredWords[stage.timeout],
  when(stage.signers, (n) => `mae ${numberOf(n, 'llofnodwr', 'lofnodwyr')} yn ddigon i’w alw`),
  `os yw’r pleidleisiau’n gyfartal, ${tieWords[stage.tie]}`,
]

const districtWords = {
  'electorate <electorate>': '',
  'electorate <electorate> of this group': ' yn y grŵp hwn',
  'electorate <electorate> of own district': ' yn ardal yr ymgeisydd ei hun',
} as const
const statementWords = {
  'by close': 'rhaid cyflwyno datganiadau cyn i’r enwebiadau gau',
  'by opening': 'rhaid cyflwyno datganiadau cyn i’r bleidlais agor',
  none: 'ni ofynnir am ddatganiad',
} as const
const withdrawWords = {
  'until close': 'caiff ymgeisydd dynnu’n ôl nes i’r enwebiadau gau',
  'until opening': 'caiff ymgeisydd dynnu’n ôl nes i’r bleidlais agor',
  no: 'ni chaiff ymgeisydd dynnu’n ôl',
} as const
const tooFewWords = {
  're-open': 'os oes rhy ychydig o ymgeiswyr, mae’r enwebiadau’n agor eto',
  'leave empty': 'os oes rhy ychydig o ymgeiswyr, mae seddi’n aros yn wag',
  'co-opt': 'os oes rhy ychydig o ymgeiswyr, mae’r corff yn cyfethol',
} as const

const nominateWords = (stage: StageOf<'nominate'>, s: Speaker): readonly (string | null)[] => [
  when(stage.window, (w) => `mae’r enwebiadau ar agor am ${durationWords(w)}`),
  when(stage.closes, (at) => `mae’r enwebiadau’n cau ${whenWords(at, s)}`),
  stage.candidates.kind === '<who>' ? null : 'mae pob person cymwys sy’n gofyn yn ymgeisydd',
  when(stage.signers, (signers) => `daw llofnodion o blith ${s.the(signers.electorate)('plain')}${districtWords[signers.kind]}`),
  when(stage.need, (need) => `mae ar ymgeisydd angen cefnogaeth ${thresholdWords(need, s)}`),
  when(
    stage.spread,
    (p) =>
      `rhaid i o leiaf ${p.atLeast} o’r rhain ddod o bob un o ${numberOf(p.groups, s.one(p.of)('plain'), s.many(p.of)('soft'))}`,
  ),
  when(stage.statement, (v) => statementWords[v]),
  when(stage.withdraw, (v) => withdrawWords[v]),
  when(stage.uncontested, (v) =>
    v === 'ballot with none-of-these'
      ? 'mae un ymgeisydd ar ei ben ei hun yn dal i sefyll yn erbyn “dim un o’r rhain”'
      : 'etholir un ymgeisydd ar ei ben ei hun heb bleidlais',
  ),
  when(stage.tooFew, (v) => tooFewWords[v]),
  stage.candidates.kind === '<who>'
    ? `mae’r rhai sy’n gofyn yn ymgeiswyr, os ydynt ymhlith pobl ${whoWords(stage.candidates.who, s)}`
    : null,
]

const questionWords = {
  motion: own('y cynnig'),
  options: own('un o’r opsiynau'),
  candidates: own('un o’r rhai sy’n sefyll'),
  drafts: own('un o’r drafftiau'),
  budget: own('y gyllideb'),
} as const
const optionWords = { candidates: own('yr ymgeiswyr'), drafts: own('y drafftiau'), listed: own('y rhai a restrir') } as const
const tieWords = {
  falls: 'mae’n methu',
  carried: 'caiff ei dderbyn',
  'lot in public': 'tynnir coelbren yn gyhoeddus',
  'casting vote': 'mae gan y cadeirydd bleidlais fwrw',
  countback: 'cam cynharaf y cyfrif lle nad oeddent yn gyfartal sy’n penderfynu',
} as const

function weightWords(w: NonNullable<StageOf<'ballot'>['weight']>, s: Speaker): string {
  switch (w.kind) {
    case 'people':
      return 'mae gan bob person 1 bleidlais'
    case 'bodies <body>':
      return `mae gan bob ${s.one(w.body)('plain')} 1 bleidlais`
    case 'attribute <attribute>':
      return `mae gan bob un gynifer o bleidleisiau ag a ddywed ${s.title(w.attribute)}`
  }
}
function paperWords(p: NonNullable<StageOf<'ballot'>['paper']>, s: Speaker): string {
  switch (p.kind) {
    case 'none':
      return 'nid oes papurau pleidleisio ar bapur'
    case 'to everyone':
      return 'anfonir papur pleidleisio ar bapur at bawb'
    case 'on request by <moment>':
      return `anfonir papur pleidleisio ar bapur at y sawl sy’n gofyn erbyn ${momentWords(p.moment, s)('plain')}`
  }
}

function ballotWords(stage: StageOf<'ballot'>, s: Speaker): readonly (string | null)[] {
  const { timetable } = stage
  const method = stage.method === 'yes-no' ? 'o blaid neu yn erbyn' : `a gyfrifir ${led('drwy', methodWords[stage.method])}`
  return [
    `mae’r rhai ar y gofrestr ${led('yn', s.stage(stage.roll))} yn pleidleisio drwy bleidlais ${stage.secret ? 'gudd' : 'agored'}, ${method}`,
    when(stage.question, (q) => `y cwestiwn ${led('yw', questionWords[q])}`),
    when(stage.counting, countingWords),
    when(stage.options, (o) => `y dewisiadau ${led('yw', optionWords[o])}`),
    when(stage.noneOfThese, (v) => (v ? 'mae “dim un o’r rhain” yn ddewis' : 'nid yw “dim un o’r rhain” yn ddewis')),
    when(stage.abstain, (v) => abstainWords[v]),
    when(stage.weight, (w) => weightWords(w, s)),
    when(stage.channels, (c) => `cymerir pleidleisiau ${led('drwy', allOf(c.map((x) => channelWords[x])))}`),
    when(stage.opens, (o) => `dim ond ar ôl ${allOf(o.map((x) => s.stage(x.stage)))('plain')} y mae’n agor`),
    `rhaid ${led('i', actorsWords(timetable.by, s))} bennu amser agor o fewn ${durationWords(timetable.within)}; fel arall mae’n agor am ${timetable.timeout.time} ar ${dayOrdinal(timetable.timeout.day)}`,
    when(stage.period, (period) => `mae’n aros ar agor am ${durationWords(period)}`),
    when(stage.closes, (at) => `mae’n cau ${whenWords(at, s)}`),
    when(stage.queue, (q) =>
      q === 'those waiting may finish'
        ? 'caiff y rhai sy’n aros adeg y cau orffen'
        : 'ni chaiff neb bleidleisio ar ôl yr union adeg y mae’n cau',
    ),
    when(stage.paper, (p) => paperWords(p, s)),
    when(
      stage.lateQuorum,
      (l) =>
        `os dim ond yn ei ${durationWords(l.ifMetInLast)} olaf y mae digon yn cymryd rhan, mae’n aros ar agor am ${durationWords(l.extend)} arall, ${l.once ? 'unwaith' : 'bob tro'}`,
    ),
    `os yw’r pleidleisiau’n gyfartal, ${tieWords[stage.tie]}`,
    when(stage.incompatible, (i) => incompatibleWords(i, s)),
  ]
}

/** Last, because several conditions are lettered limbs. */
function passWords(stage: Stage, s: Speaker): string | null {
  if (stage.do === 'ballot' || stage.do === 'meeting') return conditionsWords('derbynnir y cynnig', stage.pass, s)
  return stage.do === 'consider' && stage.pass !== null ? conditionsWords('cytunir arno', stage.pass, s) : null
}

const unsaid = (stage: Stage): readonly string[] => defaultsOf(stage).map((what) => defaultWords[what])

/** A procedure: a line that names it, then one numbered group per stage. */
export function procedureWords(rule: RuleOf<'procedure'>, s: Speaker): string {
  const lead = `Mae ${numberOf(rule.stages.length, 'cam', 'gamau')} yn y weithdrefn ${s.title(rule.id)}:`
  const groups = rule.stages.map((stage) => {
    const heading = group(stage.id === stage.do ? stageNames[stage.do] : `${stageNames[stage.do]} ${s.label(stage.id)}`)
    return `${heading} ${group(...ownWordsOf(stage, s), ...unsaid(stage), ...common(stage, s), passWords(stage, s))}`
  })
  return `${lead}\n${numbered(groups)}`
}
