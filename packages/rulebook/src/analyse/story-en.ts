import { monthNames } from '../language/month-names.ts'
import { provision, type Rulebook } from '../language/model.ts'
import { figure, joined, sentence, spaced, speakerOf, type Speaker } from '../words/en/names.ts'
import { powerWords } from '../words/en/powers.ts'
import type { Demand, Path, Purpose, Step, Stopper, Taken, TakenForGranted } from './answer.ts'
import type { AnalyseFacts } from './inputs.ts'
import type { AloneAnswer } from './alone.ts'
import type { Phrases } from './phrases.ts'
import { dateWordsIn, lengthParts } from './time-words.ts'

const dateWords = dateWordsIn(monthNames)

/** "28 days", "1 day and 5 hours", "at once". */
function daysWords(ms: number): string {
  const parts = lengthParts(ms, [
    (n) => (n === 1 ? 'day' : 'days'),
    (n) => (n === 1 ? 'hour' : 'hours'),
    (n) => (n === 1 ? 'minute' : 'minutes'),
  ])
  return parts.length === 0 ? 'no time' : joined(parts, 'and')
}

const power = (name: string): string =>
  Object.hasOwn(powerWords, name) ? powerWords[name as keyof typeof powerWords] : spaced(name)

/** "7 seats on the committee", "60 members" */
function demandWords(s: Speaker, d: Demand): string {
  const n = figure(d.count)
  switch (d.pool) {
    case 'seat': {
      const held = d.count === 1 ? 'holder of a seat' : 'holders of seats'
      return `${n} ${held}${d.ofClass === null ? '' : ` of class ${spaced(d.ofClass)}`} on ${s.the(d.id)}`
    }
    case 'elector':
      return `${n} ${d.count === 1 ? s.one(d.id) : s.many(d.id)}`
    case 'office':
      return d.count === 1 ? s.the(d.id) : `${n} who hold the office of ${s.one(d.id)}`
    case 'newcomer':
      return `${n} ${d.count === 1 ? 'newcomer' : 'newcomers'} put on ${s.the(d.id)}`
  }
}

function purposeWords(s: Speaker, p: Purpose): string | null {
  switch (p.kind) {
    case 'goal':
      return null
    case 'clear':
      return `So opponents lose their seats on ${s.the(p.body)}.`
    case 'fill':
      return `So empty seats on ${s.the(p.body)} go to people of the attempt.`
    case 'shrink':
      return `So opponents are off the roll of ${s.many(p.electorate)} before it is drawn.`
    case 'win':
      return `So people of the attempt sit on ${s.the(p.body)}.`
    case 'capture':
      return `So the office of ${s.one(p.office)} passes to a person of the attempt.`
    case 'rewrite':
      return 'It changes the rules first, to make the rest easy.'
  }
}

function actorWords(s: Speaker, step: Step): string {
  const { actor, needs } = step
  if (actor.kind === 'rule' || actor.kind === 'time') return 'the rulebook'
  if (actor.kind === 'electorate') {
    const count = needs.find((d) => d.pool === 'elector')?.count ?? 1
    return `${figure(count)} ${count === 1 ? s.one(actor.id) : s.many(actor.id)}`
  }
  // One who sits on a body proposes alone.
  const alone = actor.kind === 'body' && step.act.kind === 'propose' && step.votes === null
  return alone ? `1 holder of a seat on ${s.the(actor.id)}` : s.the(actor.id)
}

const votesWords = (votes: NonNullable<Step['votes']>): string =>
  `${figure(votes.for)} for and ${figure(votes.against)} against, of ${figure(votes.of)}`

function stepWords(s: Speaker, step: Step, until: string, lasts: boolean): string {
  const { act, votes } = step
  const who = actorWords(s, step)
  const counted = votes === null ? '' : `: ${votesWords(votes)}`
  switch (act.kind) {
    case 'call-meeting': {
      const by = step.needs.map((d) => demandWords(s, d))
      return sentence(
        `${by.length === 0 ? `${s.the(act.body)} is called to a meeting` : `${joined(by, 'and')} ${step.needs.reduce((n, d) => n + d.count, 0) === 1 ? 'calls' : 'call'} a meeting`} for ${until}`,
      )
    }
    case 'propose':
      return sentence(`${who} ${verb(step, 'proposes', 'propose')} to ${power(act.power)}${counted}`)
    case 'exercise':
      return sentence(`${who} ${verb(step, 'uses', 'use')} the power to ${power(act.power)}${counted}`)
    case 'win-election':
      return sentence(
        `${who} ${verb(step, 'elects', 'elect')} ${act.of === 'office' ? s.the(act.id) : `${figure(act.seats)} ${act.seats === 1 ? 'person' : 'people'} to ${s.the(act.id)}`}, by ${until} at the latest${counted}`,
      )
    case 'rewritten':
      return `With those rules in its hands the attempt writes itself the power to ${power(act.power)}.`
    case 'stage':
      return sentence(stageWords(s, step, act, until, lasts, counted))
  }
}

const verb = (step: Step, one: string, many: string): string =>
  step.actor.kind === 'electorate' && (step.needs.find((d) => d.pool === 'elector')?.count ?? 1) > 1 ? many : one

type StageAct = Extract<Step['act'], { readonly kind: 'stage' }>

/** One case per kind of stage: a table. */
function stageWords(s: Speaker, step: Step, act: StageAct, until: string, lasts: boolean, counted: string): string {
  const who = actorWords(s, step)
  switch (act.do) {
    case 'support':
      return `${who} ${verb(step, 'signs', 'sign')}`
    case 'check':
      return step.needs.length > 0 ? `${who} passes it` : `${who} passes it, as nothing in the rules is against it`
    case 'notify':
      return `notice goes out and has run by ${until}`
    case 'debate':
      return `debate runs until ${until}`
    case 'consider':
    case 'meeting':
      if (step.actor.kind === 'body' && step.actor.inAttempt) return `${who} agrees${counted}`
      if (step.needs.length > 0)
        return `${joined(
          step.needs.map((d) => demandWords(s, d)),
          'and',
        )} stay away, so that there is no quorum; the time runs out on ${until}`
      return act.outcome === 'refused'
        ? `${who} refuses at the last moment, ${until}`
        : `${who} lets its time pass, until ${until}`
    case 'freeze':
      return 'the roll is frozen'
    case 'nominate':
      return `nominations close on ${until}`
    case 'hustings':
      return `the candidates are heard until ${until}`
    case 'ballot':
      return `the ballot closes on ${until}${counted} on the roll`
    case 'certify':
      return lasts ? `the result stands certified on ${until}` : `${who} certifies the result`
    case 'challenge':
      return `the time to challenge ends on ${until}`
    case 'delay':
      return `it waits until ${until}`
    case 'enact':
      return `it takes effect on ${until}`
    case 'propose':
      return `${who} ${verb(step, 'proposes', 'propose')} it`
  }
}

function stopperWords(s: Speaker, stopper: Stopper, until: string | null): string {
  const { who, count, how, decidedBy } = stopper
  const n = figure(count)
  const by = until === null ? 'At any time' : `Until ${until}`
  const people =
    who.pool === 'elector'
      ? `${n} ${count === 1 ? s.one(who.id) : s.many(who.id)}`
      : who.pool === 'seat'
        ? `${n} on ${s.the(who.id)}`
        : who.pool === 'court'
          ? `a ${spaced(who.id)}`
          : s.the(who.id)
  switch (how) {
    case 'vote-against':
      return `${by}, ${n} votes against defeat it.`
    case 'deny-turnout':
      return `${by}, ${people} can keep the turnout too low by not voting.`
    case 'vote-in-body':
      return `${by}, ${people} ${count === 1 ? 'defeats it by voting no' : 'defeat it by voting no'}.`
    case 'deny-quorum':
      return `${by}, ${people} can keep it below its quorum by staying away.`
    case 'veto-of-class':
      return `${by}, ${n} of class ${spaced(who.ofClass ?? '')} on ${s.the(who.id)} can withhold the votes it needs of that class.`
    case 'refuse-check':
      return `${by}, ${people} can refuse it if a ground in the rules is met.`
    case 'challenge':
      return `${by}, ${people} can challenge it; ${s.the(decidedBy ?? '')} decides.`
    case 'appeal':
      return `${by}, whoever it hits can appeal; ${s.the(decidedBy ?? '')} decides.`
    case 'order':
      return `${by}, ${people} can stay or quash it.`
    case 'propose-against':
      return `${by}, ${people} can change the rules first.`
  }
}

function assumptionWords(s: Speaker, a: TakenForGranted): string {
  switch (a.kind) {
    case 'attested':
      return a.what.startsWith('within-limits ')
        ? `Somebody attests that the limits on the power to ${power(a.what.slice('within-limits '.length))} are kept.`
        : sentence(`${a.by.length === 0 ? 'somebody' : joined(a.by.map(s.the), 'or')} attests “${spaced(a.what)}”`)
    case 'seat-ends-with-membership':
      return `Whoever is put out of membership loses their seat on ${s.the(a.body)}.`
    case 'lot-falls-well':
      return `The lot for ${s.the(a.body)} falls on people of the attempt.`
    case 'election-due':
      return sentence(
        `${s.the(a.id)} ${a.of === 'office' ? 'is' : 'comes'} up for election within one term, and people of the attempt stand`,
      )
    case 'dutiful':
      return sentence(`${s.the(a.office)} does what the rules ask, no more`)
    case 'more-votes-win':
      return 'More votes than everyone else together are taken for enough.'
  }
}

function takenWords(t: Taken): string {
  const where = `${t.clause.split('@')[0] ?? ''}, ${t.field}`
  if (t.because === 'settled') return `${where}: settled as “${t.value}”.`
  if (t.value === 'nothing') return `${where}: unknown; left out, the cheapest for an attempt.`
  return t.because === 'reading'
    ? `${where}: read as “${t.value}”, the cheapest for an attempt.`
    : `${where}: unknown; taken as “${t.value}”, the cheapest for an attempt.`
}

function factsWords(s: Speaker, facts: AnalyseFacts): readonly string[] {
  const { attendance, turnout } = facts
  const came = (): string => {
    if (attendance === 'all') return 'Everyone who has a seat comes, and all outside the attempt vote no.'
    if (attendance === 'bare quorum') return 'Only as many come to a meeting as make a quorum.'
    return Object.entries(attendance)
      .map(([id, n]) => sentence(`${figure(n)} come to ${s.the(id)}`))
      .join(' ')
  }
  const voted =
    turnout.kind === 'all against'
      ? 'Everyone else on a roll votes, and votes no.'
      : turnout.kind === 'returned'
        ? `${figure(turnout.count)} ballots come back in all.`
        : turnout.from === 0 && turnout.to === Number.MAX_SAFE_INTEGER
          ? 'As many others vote no as costs the attempt least.'
          : `Between ${figure(turnout.from)} and ${figure(turnout.to)} others vote no, whichever costs the attempt least.`
  return [
    ...Object.entries(facts.electorates).map(([id, n]) => sentence(`there are ${figure(n)} ${s.many(id)}`)),
    ...Object.entries(facts.bodies).map(([id, b]) => sentence(`${figure(b.seated)} seats on ${s.the(id)} are filled`)),
    ...facts.without.map((id) => sentence(`the attempt has nobody in ${s.the(id)}`)),
    ...(facts.elections === 'open' ? ['It may be elected where it has nobody, at the latest when a term is over.'] : []),
    came(),
    voted,
    facts.officers === 'dutiful'
      ? 'Officers outside the attempt do what the rules ask.'
      : 'Officers outside the attempt use every discretion against it.',
    facts.attestors === 'willing'
      ? 'Those who attest facts attest what the attempt needs.'
      : 'Nobody attests a fact for the attempt.',
    facts.lots === 'favourable' ? 'Lots fall well for the attempt.' : 'Lots fall as badly for the attempt as they can.',
    ...Object.entries(facts.settled).map(([field, value]) => `${field} is settled as “${value}”.`),
  ]
}

function replayWords(path: Path): string {
  if (path.replay.kind === 'permitted') return 'Played through the engine, every step is permitted.'
  const codes = [...new Set(path.replay.reasons.map((r) => spaced(r.code)))]
  return `The engine refuses step ${path.replay.step + 1} (${codes.join(', ')}): the figures are a bound, not a plan.`
}

function aloneWords(s: Speaker, a: AloneAnswer): string {
  const what = `${power(a.power)}${a.tier === null ? '' : ` (“${spaced(a.tier)}”)`}`
  const who = `${s.the(a.body)} of ${figure(a.own)}`
  if (a.path === null) return sentence(`no: nobody can ${what}`)
  if (a.can)
    return sentence(
      `yes: ${who} can ${what} without anybody else. ${a.path.people === 1 ? 'One of them is enough' : `${figure(a.path.people)} of them are enough`}`,
    )
  const missing = a.missing.map(
    (m) => `${demandWords(s, { ...m, count: m.missing })}${m.missing < m.count ? ` more (${figure(m.count)} in all)` : ''}`,
  )
  return sentence(`no: ${who} cannot ${what} alone. It takes ${joined(missing, 'and')}`)
}

/** How English tells a story about a rulebook. */
export function englishPhrases(rulebook: Rulebook): Phrases {
  // Clauses that leave something open have names as well.
  const open = rulebook.unresolved.map((u) => ({ id: u.id, names: u.names?.en ?? [] }))
  const form = (id: string, which: string): string | null =>
    open.find((u) => u.id === id)?.names.find((row) => row.key === which)?.value ?? null
  const plain = speakerOf(rulebook)
  const s: Speaker = {
    ...plain,
    the: (id) => form(id, 'the') ?? plain.the(id),
    one: (id) => form(id, 'one') ?? plain.one(id),
    many: (id) => form(id, 'many') ?? plain.many(id),
  }
  const known: Speaker = { ...s, the: (id) => (provision(rulebook, 'electorate', id) === null ? s.the(id) : `the ${s.many(id)}`) }
  return {
    cost: (needs, people, elapsed, warning) =>
      `${figure(people)} ${people === 1 ? 'person' : 'people'}: ${joined(
        needs.map((d) => demandWords(known, d)),
        'and',
      )}. It takes ${elapsed}${elapsed === 'no time' ? '' : elapsed === warning ? ', all of it in the open' : `, ${warning} of it in the open`}.`,
    step: (step, until, lasts) => stepWords(known, step, until, lasts),
    purpose: (p) => purposeWords(known, p),
    stopper: (stopper, until) => stopperWords(known, stopper, until),
    assumption: (a) => assumptionWords(known, a),
    taken: takenWords,
    replay: replayWords,
    alone: (a) => aloneWords(known, a),
    days: daysWords,
    date: ({ date, clock }) => dateWords(date, clock),
    facts: (facts) => factsWords(known, facts),
  }
}
