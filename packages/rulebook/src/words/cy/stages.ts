import type { RuleOf } from '../../model.ts'
import { groundText, type Stage, type StageOf } from '../../schema/stages.ts'
import { group, numbered, when } from '../en/names.ts'
import {
  actorsWords,
  asAtWords,
  anchorWords,
  conditionsWords,
  durationWords,
  momentWords,
  thresholdWords,
} from './expressions.ts'
import { allOf, anyOf, dayOrdinal, fixed, led, numberOf, own } from './grammar.ts'
import type { Speaker } from './names.ts'
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
        `ni chaniateir ei wrthod ond ar y sail a ganlyn: ${anyOf(
          stage.grounds.map((g) =>
            g.kind === 'breaks <clause>' ? own(`torri rheol ${g.clause}`) : fixed(s.label(groundText(g))),
          ),
        )('plain')}`,
        when(stage.appeal, (appeal) => `caniateir apelio yn erbyn gwrthodiad o dan ${s.title(appeal)}`),
        stage.timeout === 'passed' ? 'heb ateb mewn pryd, mae’n pasio' : 'heb ateb mewn pryd, caiff ei wrthod',
      ]
    case 'notify':
      return [
        `rhoddir hysbysiad i bob ${s.one(stage.to.electorate)('plain')}${stage.to.kind === 'electorate <electorate>' ? '' : ' o’r grŵp hwn'}${when(stage.service, (id) => `, a’i gyflwyno o dan ${s.title(id)}`) ?? ''}`,
        when(stage.text, (t) => (t === 'final' ? 'mae’n cynnwys y testun terfynol' : 'mae’n cynnwys datganiadau pawb')),
        `mae’n rhedeg am ${durationWords(stage.clear)} ar ôl dod i law`,
      ]
    case 'debate':
      return [`mae’r ddadl ar agor am ${durationWords(stage.lasts)}`]
    case 'consider':
      return [
        `rhaid ${led('i', s.the(stage.body))} ei ystyried o fewn ${durationWords(stage.within)}`,
        ...(stage.outcomes ?? []).map((row) => branch(row, s)),
        when(stage.appeal, (appeal) => `caniateir apelio yn erbyn yr ateb o dan ${s.title(appeal)}`),
        `heb ateb mewn pryd, ${{ agreed: 'bernir y cytunwyd arno', refused: 'bernir iddo gael ei wrthod', fallen: 'mae’r cynnig yn methu' }[stage.timeout]}`,
      ]
    case 'nominate':
      return nominateWords(stage, s)
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
      ]
    case 'challenge':
      return [
        `caiff ${actorsWords(stage.by, s)('plain')} herio’r canlyniad gerbron ${s.the(stage.to)('plain')} o fewn ${durationWords(stage.within)}`,
        `y seiliau yw: ${anyOf(stage.grounds.map((g) => fixed(s.label(g))))('plain')}`,
        `rhaid ${led('i', s.the(stage.to))} benderfynu o fewn ${durationWords(stage.decideWithin)}; heb ateb mewn pryd, ${stage.timeout === 'dismissed' ? 'gwrthodir yr her' : 'cadarnheir yr her'}`,
        stage.stay ? 'mae her agored yn atal yr hyn sy’n dilyn' : 'nid yw her agored yn atal dim',
      ]
    case 'delay':
      return [`rhaid i ${durationWords(stage.lasts)} fynd heibio`]
    case 'enact':
      return [
        `daw i rym ar ddiwedd ${anchorWords(stage.at.stage, s)('plain')}: ei effaith yw ${powerWords[stage.effect]('plain')}`,
        when(stage.merge, (m) =>
          m === 'rebase'
            ? 'dygir ymlaen y newidiadau a wnaed ers yr hysbysiad'
            : 'caiff ei wrthod os yw cymal y mae’n ei newid wedi newid ers yr hysbysiad',
        ),
      ]
  }
}

const proposeWords = (stage: StageOf<'propose'>, s: Speaker): readonly (string | null)[] => [
  `caiff ${actorsWords(stage.by, s)('plain')} gynnig`,
  when(
    stage.form,
    (form) =>
      ({
        diff: 'mae’r cynnig yn dangos pob newid i’r testun',
        text: 'testun cyfan yw’r cynnig',
        topics: 'mae’r cynnig yn enwi pynciau',
      })[form],
  ),
  when(stage.due, (at) => `rhaid iddo gyrraedd erbyn ${momentWords(at, s)('plain')}`),
  when(stage.when, (at) => `caniateir ei wneud ${led('o', momentWords(at, s))} ymlaen`),
]

const supportWords = (stage: StageOf<'support'>, s: Speaker): readonly (string | null)[] => [
  `rhaid cael llofnodion ${thresholdWords(stage.need, s)} o blith ${s.the(stage.signers.electorate)('plain')} o fewn ${durationWords(stage.window)}${stage.then?.some((row) => row.key === 'unmet') === true ? '' : ', neu daw’r cynnig i ben'}`,
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

const nominateWords = (stage: StageOf<'nominate'>, s: Speaker): readonly (string | null)[] => [
  'mae pob person cymwys sy’n gofyn yn ymgeisydd',
  `mae’r enwebiadau ar agor am ${durationWords(stage.window)}`,
  when(stage.signers, (signers) => `daw llofnodion o blith ${s.the(signers.electorate)('plain')}`),
  when(stage.need, (need) => `mae ar ymgeisydd angen cefnogaeth ${thresholdWords(need, s)}`),
  when(stage.statement, (v) =>
    v === 'by close' ? 'rhaid cyflwyno datganiadau cyn i’r enwebiadau gau' : 'ni ofynnir am ddatganiad',
  ),
  when(stage.withdraw, (v) =>
    v === 'until close' ? 'caiff ymgeisydd dynnu’n ôl nes i’r enwebiadau gau' : 'ni chaiff ymgeisydd dynnu’n ôl',
  ),
  when(stage.uncontested, (v) =>
    v === 'ballot with none-of-these'
      ? 'mae un ymgeisydd ar ei ben ei hun yn dal i sefyll yn erbyn “dim un o’r rhain”'
      : 'etholir un ymgeisydd ar ei ben ei hun heb bleidlais',
  ),
  when(stage.tooFew, (v) =>
    v === 're-open'
      ? 'os oes rhy ychydig o ymgeiswyr, mae’r enwebiadau’n agor eto'
      : 'os oes rhy ychydig o ymgeiswyr, mae seddi’n aros yn wag',
  ),
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
} as const

function ballotWords(stage: StageOf<'ballot'>, s: Speaker): readonly (string | null)[] {
  const { timetable } = stage
  const method = stage.method === 'yes-no' ? 'o blaid neu yn erbyn' : `a gyfrifir ${led('drwy', methodWords[stage.method])}`
  return [
    `mae’r rhai ar y gofrestr ${led('yn', s.stage(stage.roll))} yn pleidleisio drwy bleidlais ${stage.secret ? 'gudd' : 'agored'}, ${method}`,
    when(stage.question, (q) => `y cwestiwn ${led('yw', questionWords[q])}`),
    when(stage.options, (o) => `y dewisiadau ${led('yw', optionWords[o])}`),
    when(stage.noneOfThese, (v) => (v ? 'mae “dim un o’r rhain” yn ddewis' : 'nid yw “dim un o’r rhain” yn ddewis')),
    when(stage.abstain, (v) =>
      v === 'cast' ? 'mae ymatal yn cyfrif fel pleidlais a fwriwyd' : 'nid yw ymatal yn cyfrif fel pleidlais a fwriwyd',
    ),
    when(stage.channels, (c) => `cymerir pleidleisiau ${led('drwy', allOf(c.map((x) => channelWords[x])))}`),
    when(stage.opens, (o) => `dim ond ar ôl ${allOf(o.map((x) => s.stage(x.stage)))('plain')} y mae’n agor`),
    `rhaid ${led('i', actorsWords(timetable.by, s))} bennu amser agor o fewn ${durationWords(timetable.within)}; fel arall mae’n agor am ${timetable.timeout.time} ar ${dayOrdinal(timetable.timeout.day)}`,
    `mae’n aros ar agor am ${durationWords(stage.period)}`,
    when(stage.queue, () => 'caiff y rhai sy’n aros adeg y cau orffen'),
    when(
      stage.lateQuorum,
      (l) =>
        `os dim ond yn ei ${durationWords(l.ifMetInLast)} olaf y mae digon yn cymryd rhan, mae’n aros ar agor am ${durationWords(l.extend)} arall, ${l.once ? 'unwaith' : 'bob tro'}`,
    ),
    `os yw’r pleidleisiau’n gyfartal, ${tieWords[stage.tie]}`,
  ]
}

/** Last, because several conditions are lettered limbs. */
const passWords = (stage: Stage, s: Speaker): string | null =>
  stage.do === 'ballot' ? conditionsWords('derbynnir y cynnig', stage.pass, s) : null

/** A procedure: a line that names it, then one numbered group per stage. */
export function procedureWords(rule: RuleOf<'procedure'>, s: Speaker): string {
  const lead = `Mae ${numberOf(rule.stages.length, 'cam', 'gamau')} yn y weithdrefn ${s.title(rule.id)}:`
  const groups = rule.stages.map((stage) => {
    const heading = group(stage.id === stage.do ? stageNames[stage.do] : `${stageNames[stage.do]} ${s.label(stage.id)}`)
    return `${heading} ${group(...ownWordsOf(stage, s), ...common(stage, s), passWords(stage, s))}`
  })
  return `${lead}\n${numbered(groups)}`
}
