import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ruleCodecs } from './model.ts'
import { camel, type Shape } from './shape.ts'

/**
 * Keys the engine does not judge, each with who does. A key that only binds what people do outside the record, such as when minutes are published,
 * has words and no judgement, for there is no act it could refuse.
 */
const elsewhere: Readonly<Record<string, string>> = {
  // How votes become a result: the count is a fact with evidence, and the package of counting makes and checks it.
  'body.seats.method': 'counting',
  'body.seats.counting': 'counting',
  'body.seats.districts': 'counting, which counts each district by itself',
  'body.seats.quota': 'counting, which finds at the close of nominations what no slate can meet',
  'body.seats.quota-order': 'counting',
  'body.seats.if-short': 'counting',
  'body.vacancy.keeps': 'counting, when it counts back',
  'procedure.stages.ballot.counting': 'counting',
  'genesis.method': 'counting',
  'genesis.counting': 'counting',
  // How ballots are cast and opened.
  'procedure.stages.ballot.secret': 'the ballot box: the format of ballots, and who may open them',
  'procedure.stages.ballot.channels': 'the ballot box: ways in which it is offered',
  'procedure.stages.ballot.paper': 'the ballot box: who is sent paper',
  'procedure.stages.ballot.weight': 'counting, which weighs; a condition on weights is judged by its own measure',
  // Sums, cases and grounds no program sees: fact `within-limits` says that they are kept, and somebody answers for it.
  'power.limits.no-single': 'fact within-limits',
  'power.limits.above': 'fact within-limits',
  'power.limits.up-to': 'fact within-limits',
  'power.limits.never-for': 'fact within-limits',
  'power.limits.on': 'fact within-limits',
  'power.limits.shows': 'fact within-limits',
  'power.limits.within': 'fact within-limits',
  'power.limits.timeout': 'fact within-limits',
  'power.limits.refuse-on': 'fact within-limits',
  'power.limits.uses': 'fact within-limits',
  'office.mandate.free-when': 'fact mandate-kept, which says that those bound voted as bound or were free',
  'procedure.stages.consider.mandate.free-when': 'fact mandate-kept',
  'body.seats.fallback': 'the register: who may be nominated is fact may-stand',
  // What people owe one another outside any act.
  'body.size': 'the linter: a body of fewer or more seats than it says',
  'body.seats.decline': 'the fact of the next draw, which names who is drawn',
  'body.meets.every': 'nobody: a duty; if-not-held-by opens a way when it is not met',
  'body.meets.at-least': 'nobody: a duty; if-not-held-by opens a way when it is not met',
  'body.meets.remote': 'whoever chairs: presence is what the chair counts',
  'body.publishes': 'nobody: a duty, on pages and not by acts',
  'body.agenda.order': 'whoever chairs: in which order items are taken changes nothing that is resolved',
  'body.agenda.incompatible': 'the ballot stage, for decisions of its own',
  'office.job-share.votes': 'a seat: those who share it make one',
  'office.job-share.nominated': 'the register: who may stand together is fact may-stand',
  'procedure.stages.notify.text': 'whoever serves notice: what is sent',
  'procedure.stages.meeting.scope': 'the decision: its stage decides what was proposed and nothing else',
  'procedure.stages.hustings.offered-to': 'one word: all candidates, and fewer are refused',
  'procedure.stages.enact.fills': 'fill-seat, with the count as its evidence',
  'procedure.stages.enact.named': 'names what is passed',
  'power.named': 'names what is passed',
  'fact.says': 'names what is stated',
  'conduct.code': 'names the code',
  'dissolution.by': 'names who winds up; the acts are those of `may`',
  'record.witnesses': 'the log, whose server waits for so many and whose verifier asks for them',
  'dissolution.record': 'nobody: a duty of whoever keeps the record',
  'standing.states.*.back': 'the register, by the acts readmit, appeal and payment',
  'standing.states.*.by': 'the register: whose acts bring a person there',
}

/** The folders where acts are judged; those beside them read, write, print, translate, analyse or lint a rule and judge nothing by it. */
const judging = ['../', '../decision/', '../movement/'].map((path) => new URL(path, import.meta.url))
const sources = (at: URL): readonly string[] =>
  readdirSync(at)
    .filter((name) => name.endsWith('.ts') && !name.includes('.test.') && name !== 'index.ts')
    .map((name) => readFileSync(new URL(name, at), 'utf8'))
/** The source of the engine without comments. */
const engine = judging
  .flatMap(sources)
  .join('\n')
  .replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')

const isRead = (key: string): boolean => new RegExp(`[.{,]\\s*${camel(key)}\\b`).test(engine)

/** Every key of a shape by its path: `body.vacancy.meanwhile`. */
function keysOf(path: string, shape: Shape): readonly string[] {
  switch (shape.kind) {
    case 'fields':
      return Object.entries({ ...shape.required, ...shape.optional }).flatMap(([key, inner]) => [
        `${path}.${key}`,
        ...keysOf(`${path}.${key}`, inner),
      ])
    case 'list':
      return keysOf(path, shape.item)
    case 'table':
      return keysOf(`${path}.*`, shape.value)
    case 'either':
      return shape.of.flatMap((one) => keysOf(path, one))
    case 'stages':
      return Object.entries(shape.kinds).flatMap(([kind, inner]) => keysOf(`${path}.${kind}`, inner))
    default:
      return []
  }
}

const keys = [...new Set(Object.entries(ruleCodecs).flatMap(([kind, codec]) => keysOf(kind, codec.shape)))]
const isElsewhere = (path: string): boolean =>
  Object.keys(elsewhere).some((known) => path === known || path.startsWith(`${known}.`))

describe('every key of the schema', () => {
  it('is read where acts are judged, or stands in the list of those that somebody else judges', () => {
    expect(keys.length).toBeGreaterThan(300)
    const unread = keys.filter((path) => !isElsewhere(path) && !isRead(path.split('.').at(-1) ?? ''))
    expect(unread).toEqual([])
  })

  it('and the list names only keys there are, each with a reason', () => {
    expect(Object.keys(elsewhere).filter((path) => !keys.includes(path))).toEqual([])
    expect(Object.values(elsewhere).every((why) => why.length > 5)).toBe(true)
  })

  it('a key that nothing reads is found', () => {
    expect(isRead('no-such-key')).toBe(false)
    expect(isRead('late-quorum')).toBe(true)
  })
})
