import type { Rulebook } from '../language/model.ts'
import { powerWords } from '../words/cy/vocabulary.ts'
import { figure, spaced } from '../words/en/names.ts'
import type { Demand, Path, Purpose, Step, Stopper, Taken, TakenForGranted } from './answer.ts'
import type { AnalyseFacts } from './inputs.ts'
import type { AloneAnswer } from './alone.ts'
import type { Phrases } from './phrases.ts'
import { dateWordsIn, lengthParts } from './time-words.ts'

// Awaiting a native reader. Names and numbers stand after a colon or in quotation marks, where nothing mutates.

const months = [
  'Ionawr',
  'Chwefror',
  'Mawrth',
  'Ebrill',
  'Mai',
  'Mehefin',
  'Gorffennaf',
  'Awst',
  'Medi',
  'Hydref',
  'Tachwedd',
  'Rhagfyr',
]

const dateWords = dateWordsIn(months)

function daysWords(ms: number): string {
  const parts = lengthParts(ms, [() => 'diwrnod', () => 'awr', () => 'munud'])
  return parts.length === 0 ? 'dim amser' : parts.join(', ')
}

const power = (name: string): string =>
  Object.hasOwn(powerWords, name) ? powerWords[name as keyof typeof powerWords]('plain') : spaced(name)

type Names = { readonly the: (id: string) => string; readonly many: (id: string) => string }

/** Welsh names as the rulebook gives them; an id without one stands in quotation marks. */
function namesOf(rulebook: Rulebook): Names {
  const form = (id: string, which: string): string => {
    const found = rulebook.provisions.find((p) => 'id' in p.rule && p.rule.id === id && p.names?.cy != null)
    return found?.names?.cy?.find((row) => row.key === which)?.value ?? `“${spaced(id)}”`
  }
  return { the: (id) => form(id, 'the'), many: (id) => form(id, 'many') }
}

const demandWords = (s: Names, d: Demand): string => {
  const n = figure(d.count)
  switch (d.pool) {
    case 'seat':
      return `seddi ar gorff (${s.the(d.id)}${d.ofClass === null ? '' : `, dosbarth “${spaced(d.ofClass)}”`}): ${n}`
    case 'elector':
      return `${s.many(d.id)}: ${n}`
    case 'office':
      return `swydd (${s.the(d.id)}): ${n}`
    case 'newcomer':
      return `pobl newydd ar gorff (${s.the(d.id)}): ${n}`
  }
}

function purposeWords(s: Names, p: Purpose): string | null {
  switch (p.kind) {
    case 'goal':
      return null
    case 'clear':
      return `Felly mae gwrthwynebwyr yn colli eu seddi (${s.the(p.body)}).`
    case 'fill':
      return `Felly mae pobl yr ymgais yn llenwi’r seddi gwag (${s.the(p.body)}).`
    case 'shrink':
      return `Felly nid yw gwrthwynebwyr ar y gofrestr (${s.many(p.electorate)}) pan gaiff ei llunio.`
    case 'win':
      return `Felly mae pobl yr ymgais yn eistedd ar y corff (${s.the(p.body)}).`
    case 'capture':
      return `Felly daw’r swydd (${s.the(p.office)}) i un o bobl yr ymgais.`
    case 'rewrite':
      return 'Newidir y rheolau yn gyntaf, i hwyluso’r gweddill.'
  }
}

const votesWords = (votes: NonNullable<Step['votes']>): string =>
  `${figure(votes.for)} o blaid, ${figure(votes.against)} yn erbyn, o ${figure(votes.of)}`

function stepWords(s: Names, step: Step, until: string): string {
  const { act, actor, votes } = step
  const counted = votes === null ? '' : ` Pleidleisiau: ${votesWords(votes)}.`
  const who =
    actor.kind === 'rule' || actor.kind === 'time'
      ? 'Y rheolau'
      : actor.kind === 'electorate'
        ? s.many(actor.id)
        : s.the(actor.id)
  const asked = step.needs.length === 0 ? '' : ` Mae angen: ${step.needs.map((d) => demandWords(s, d)).join('; ')}.`
  switch (act.kind) {
    case 'call-meeting':
      return `Galwad i gyfarfod (${s.the(act.body)}): ${until}.${asked}`
    case 'propose':
      return `Cynnig (${who}): ${power(act.power)}.${counted}${asked}`
    case 'exercise':
      return `Defnyddio’r pŵer (${who}): ${power(act.power)}.${counted}${asked}`
    case 'win-election':
      return `Ethol pobl yr ymgais (${s.the(act.id)}): ${figure(act.seats)}, erbyn ${until} fan bellaf.${counted}${asked}`
    case 'rewritten':
      return `Gyda’r rheolau hynny yn ei dwylo, mae’r ymgais yn rhoi’r pŵer iddi’i hun: ${power(act.power)}.`
    case 'stage':
      return `${stageWords(who, step, act, until)}${actor.kind === 'body' && !actor.inAttempt && step.needs.length > 0 ? ' Heb gworwm, am fod pobl yr ymgais yn cadw draw.' : ''}${counted}${asked}`
  }
}

const stageNames: Readonly<Record<string, string>> = {
  support: 'Llofnodion',
  check: 'Gwiriad',
  notify: 'Rhybudd, hyd',
  debate: 'Trafodaeth, hyd',
  freeze: 'Rhewi’r gofrestr',
  nominate: 'Enwebiadau, hyd',
  hustings: 'Gwrando ar yr ymgeiswyr, hyd',
  ballot: 'Pleidlais, hyd',
  certify: 'Tystysgrif',
  challenge: 'Amser i herio, hyd',
  delay: 'Aros, hyd',
  enact: 'Daw i rym',
  propose: 'Cynnig',
}

function stageWords(who: string, step: Step, act: Extract<Step['act'], { readonly kind: 'stage' }>, until: string): string {
  if (act.do === 'consider' || act.do === 'meeting')
    return step.actor.kind === 'body' && step.actor.inAttempt
      ? `Cytuno (${who}).`
      : act.outcome === 'refused'
        ? `Gwrthod ar y funud olaf (${who}): ${until}.`
        : `Gadael i’r amser fynd heibio (${who}): ${until}.`
  const name = stageNames[act.do] ?? spaced(act.do)
  const bare = ['support', 'check', 'freeze', 'certify', 'propose'].includes(act.do)
  return bare ? `${name} (${who}).` : `${name}: ${until}.`
}

function stopperWords(s: Names, stopper: Stopper, until: string | null): string {
  const { who, how, decidedBy } = stopper
  const n = figure(stopper.count)
  const by = until === null ? 'Unrhyw bryd' : `Hyd ${until}`
  const decides = decidedBy === null ? '' : ` Yn penderfynu: ${s.the(decidedBy)}.`
  switch (how) {
    case 'vote-against':
      return `${by}: ${n} pleidlais yn erbyn sy’n ei drechu.`
    case 'deny-turnout':
      return `${by}: os na fydd ${n} yn pleidleisio (${s.many(who.id)}), bydd y nifer yn rhy isel.`
    case 'vote-in-body':
      return `${by}: ${n} pleidlais yn erbyn (${s.the(who.id)}) sy’n ei drechu.`
    case 'deny-quorum':
      return `${by}: os bydd ${n} yn cadw draw (${s.the(who.id)}), nid oes cworwm.`
    case 'veto-of-class':
      return `${by}: gall ${n} o ddosbarth “${spaced(who.ofClass ?? '')}” (${s.the(who.id)}) atal y pleidleisiau sydd eu hangen.`
    case 'refuse-check':
      return `${by}: gellir ei wrthod ar sail yn y rheolau (${s.the(who.id)}).`
    case 'challenge':
      return `${by}: gall ${n} ei herio (${s.many(who.id)}).${decides}`
    case 'appeal':
      return `${by}: gall pwy bynnag a gaiff ei daro apelio.${decides}`
    case 'order':
      return `${by}: gall llys, tribiwnlys neu reoleiddiwr ei atal neu ei ddiddymu.`
    case 'propose-against':
      return `${by}: gall ${n} newid y rheolau yn gyntaf (${s.many(who.id)}).`
  }
}

function assumptionWords(s: Names, a: TakenForGranted): string {
  switch (a.kind) {
    case 'attested':
      return a.what.startsWith('within-limits ')
        ? `Mae rhywun yn tystio y cedwir at derfynau’r pŵer: ${power(a.what.slice('within-limits '.length))}.`
        : `Mae rhywun yn tystio i’r ffaith “${spaced(a.what)}”${a.by.length === 0 ? '' : `: ${a.by.map(s.the).join(', ')}`}.`
    case 'seat-ends-with-membership':
      return `Mae pwy bynnag sy’n colli ei aelodaeth yn colli ei sedd (${s.the(a.body)}).`
    case 'lot-falls-well':
      return `Mae’r coelbren yn disgyn ar bobl yr ymgais (${s.the(a.body)}).`
    case 'election-due':
      return `Cynhelir etholiad o fewn un tymor, ac mae pobl yr ymgais yn sefyll (${s.the(a.id)}).`
    case 'dutiful':
      return `Mae’r swyddog yn gwneud yr hyn y mae’r rheolau’n ei ofyn, dim mwy (${s.the(a.office)}).`
    case 'more-votes-win':
      return 'Cymerir bod mwy o bleidleisiau na phawb arall gyda’i gilydd yn ddigon.'
  }
}

function takenWords(t: Taken): string {
  const where = `${t.clause.split('@')[0] ?? ''}, ${t.field}`
  if (t.because === 'settled') return `${where}: pennwyd “${t.value}”.`
  if (t.value === 'nothing') return `${where}: anhysbys; hepgorwyd, y rhataf i ymgais.`
  const how = t.because === 'reading' ? 'darllenwyd fel' : 'anhysbys; cymerwyd'
  return `${where}: ${how} “${t.value}”, y rhataf i ymgais.`
}

function factsWords(s: Names, facts: AnalyseFacts): readonly string[] {
  const { attendance, turnout } = facts
  const came =
    attendance === 'all'
      ? ['Daw pawb sydd â sedd, ac mae pawb y tu allan i’r ymgais yn pleidleisio yn erbyn.']
      : attendance === 'bare quorum'
        ? ['Dim ond digon i wneud cworwm a ddaw i gyfarfod.']
        : Object.entries(attendance).map(([id, n]) => `Nifer a ddaw (${s.the(id)}): ${figure(n)}.`)
  const voted =
    turnout.kind === 'all against'
      ? 'Mae pawb arall ar gofrestr yn pleidleisio yn erbyn.'
      : turnout.kind === 'returned'
        ? `Nifer y papurau a ddaw yn ôl: ${figure(turnout.count)}.`
        : turnout.from === 0 && turnout.to === Number.MAX_SAFE_INTEGER
          ? 'Mae cynifer o bobl eraill yn pleidleisio yn erbyn ag sy’n costio leiaf i’r ymgais.'
          : `Nifer y bobl eraill sy’n pleidleisio yn erbyn: rhwng ${figure(turnout.from)} a ${figure(turnout.to)}, pa un bynnag sy’n costio leiaf i’r ymgais.`
  return [
    ...Object.entries(facts.electorates).map(([id, n]) => `${s.many(id)}: ${figure(n)}.`),
    ...Object.entries(facts.bodies).map(([id, b]) => `Seddi wedi’u llenwi (${s.the(id)}): ${figure(b.seated)}.`),
    ...facts.without.map((id) => `Nid oes gan yr ymgais neb yma: ${s.the(id)}.`),
    ...(facts.elections === 'open'
      ? ['Gellir ethol pobl yr ymgais lle nad oes ganddi neb, fan bellaf pan ddaw tymor i ben.']
      : []),
    ...came,
    voted,
    facts.officers === 'dutiful'
      ? 'Mae swyddogion y tu allan i’r ymgais yn gwneud yr hyn y mae’r rheolau’n ei ofyn.'
      : 'Mae swyddogion y tu allan i’r ymgais yn defnyddio pob disgresiwn yn ei herbyn.',
    facts.attestors === 'willing'
      ? 'Mae’r rhai sy’n tystio i ffeithiau yn tystio i’r hyn sydd ei angen ar yr ymgais.'
      : 'Nid oes neb yn tystio i ffaith ar ran yr ymgais.',
    facts.lots === 'favourable'
      ? 'Mae’r coelbren yn disgyn o blaid yr ymgais.'
      : 'Mae’r coelbren yn disgyn yn erbyn yr ymgais bob tro.',
    ...Object.entries(facts.settled).map(([field, value]) => `${field}: pennwyd “${value}”.`),
  ]
}

const replayWords = (path: Path): string =>
  path.replay.kind === 'permitted'
    ? 'Wedi’i chwarae drwy’r peiriant, caniateir pob cam.'
    : `Mae’r peiriant yn gwrthod cam ${path.replay.step + 1}: terfyn yw’r ffigurau, nid cynllun.`

function aloneWords(s: Names, a: AloneAnswer): string {
  const what = `${power(a.power)}${a.tier === null ? '' : ` (“${spaced(a.tier)}”)`}`
  const who = `${s.the(a.body)}: ${figure(a.own)}`
  if (a.path === null) return `Na. Ni all neb wneud hyn: ${what}.`
  if (a.can) return `Gall, heb neb arall (${who}): ${what}. Mae ${figure(a.path.people)} yn ddigon.`
  return `Na, nid heb eraill (${who}): ${what}. Mae angen hefyd: ${a.missing.map((m) => demandWords(s, { ...m, count: m.missing })).join('; ')}.`
}

/** How Welsh tells a story about a rulebook. */
export function welshPhrases(rulebook: Rulebook): Phrases {
  const s = namesOf(rulebook)
  return {
    cost: (needs, people, elapsed, warning) =>
      `Pobl: ${figure(people)}. ${needs.map((d) => demandWords(s, d)).join('; ')}. Amser: ${elapsed}. Yn y golwg: ${warning}.`,
    step: (step, until) => stepWords(s, step, until),
    purpose: (p) => purposeWords(s, p),
    stopper: (stopper, until) => stopperWords(s, stopper, until),
    assumption: (a) => assumptionWords(s, a),
    taken: takenWords,
    replay: replayWords,
    alone: (a) => aloneWords(s, a),
    days: daysWords,
    date: ({ date, clock }) => dateWords(date, clock),
    facts: (facts) => factsWords(s, facts),
  }
}
