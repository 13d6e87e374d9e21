// The roll-call that an act cites is counted again against the act and its fact.
import { instant } from '@quorate/kernel'
import { rollCallText, signerOf, signRollCallVote, type RollCall } from '@quorate/record'
import { fingerprintOf, type Act, type Fact } from '@quorate/rulebook'
import { describe, expect, test } from 'vitest'
import { startReplay } from './replay.ts'
import { rollCallFault } from './roll-call-fact.ts'

const signer = signerOf('lantern.example/record', 1, new Uint8Array(32).fill(7))
const text = fingerprintOf('the words in question')
const about = { id: '1'.repeat(32), body: 'committee', power: 'endorse', question: text }
const votes = (['for', 'for', 'against', 'abstain'] as const).map((vote, i) =>
  signRollCallVote(
    about,
    { seat: { seat: 'ordinary', number: i + 1 }, member: String(i).padStart(32, 'a'), vote, at: instant(1500) },
    signer,
  ),
)
const rollCall: Omit<RollCall, 'format'> = {
  ...about,
  openedAt: instant(1000),
  closedAt: instant(2000),
  closed: 'chair',
  seats: [1, 2, 3, 4, 5].map((number) => ({ seat: 'ordinary', number })),
  votes,
}
const figures = { for: 2, against: 1, abstain: 1, present: 4 }
const at = { decision: 3, by: 'b'.repeat(32), as: 'body committee', occurredAt: instant(3000), recordedAt: instant(3000) }
const propose = { ...at, kind: 'propose', power: 'endorse', form: 'text', document: text, changes: [] }

/** What the verifier says: the fault's expected and found, `null` when it holds, `undefined` when nothing was looked at. */
function told(
  changed: {
    readonly act?: object
    readonly fact?: Partial<Fact>
    readonly document?: string
    readonly ofDecision?: number
    readonly missing?: boolean
    readonly replaying?: ReturnType<typeof startReplay>
  } = {},
): unknown {
  const document = changed.document ?? rollCallText(rollCall)
  const evidence = fingerprintOf(document)
  const fact: Fact = {
    name: 'resolution',
    of: 'committee',
    value: figures,
    at: instant(2000),
    knownAt: instant(3000),
    source: 'attestation',
    evidence,
    ...changed.fact,
  }
  const kase = {
    index: 9,
    act: (changed.act ?? propose) as Act, // plain data of an act
    facts: [fact],
    replaying: changed.replaying ?? startReplay(),
    evidence: {
      dossier: {
        decision: changed.ofDecision ?? 3,
        documents: changed.missing === true ? {} : { [evidence]: document },
        logKey: signer.key,
      },
    } as never, // the check reads no more of a dossier
    clause: '3.1@1',
  }
  const fault = rollCallFault(kase, fact)
  return fault === null || fault === undefined ? fault : `${fault.code}: ${fault.expected} / ${fault.found}`
}

describe('a roll-call that an act cites', () => {
  test('holds with its own act, outright or as a proposal', () => {
    expect(told()).toBeNull()
    const exercise = {
      ...at,
      kind: 'exercise',
      power: 'endorse',
      document: text,
      effectAt: instant(9000),
      vote: { for: 2, against: 1 },
    }
    expect(told({ act: exercise })).toBeNull()
    expect(told({ act: { ...exercise, vote: { for: 3, against: 0 } } })).toMatch(
      'roll-call-differs: /votes {"against":0,"for":3}',
    )
  })

  test('names the figures when they are not those of its lines', () => {
    for (const value of [{ ...figures, for: 3 }, { ...figures, present: 3 }, { for: 2, against: 1, present: 4 }, true])
      expect(told({ fact: { value } }), JSON.stringify(value)).toMatch('roll-call-differs: figures')
  })

  test('is of the body, the power and the text of the act, and closed when the fact says', () => {
    expect(told({ fact: { of: 'panel' } })).toMatch('roll-call-differs: /body "panel"')
    expect(told({ act: { ...propose, power: 'exclude' } })).toMatch('roll-call-differs: /power "exclude"')
    expect(told({ act: { ...propose, document: fingerprintOf('other words') } })).toMatch('roll-call-differs: /question')
    expect(told({ fact: { at: instant(2001) } })).toMatch('roll-call-differs: /closedAt 2001')
    expect(told({ act: { ...at, kind: 'consider', outcome: 'agreed' } })).toMatch('an act on a text')
  })

  test('is named by its own first fault', () => {
    const [first, ...rest] = votes
    if (first === undefined) throw new Error('there are votes')
    const turned = rollCallText({ ...rollCall, votes: [{ ...first, vote: 'against' }, ...rest] })
    expect(told({ document: turned })).toMatch('roll-call-differs: /votes/0/signature')
    expect(told({ document: 'minutes of a meeting' })).toMatch('roll-call-differs: /')
  })

  test('serves one act: the second that cites it is named, whatever decision it is of', () => {
    const replaying = startReplay()
    expect(told({ replaying, ofDecision: 1 })).toBeUndefined()
    expect(told({ replaying })).toMatch('a roll-call of its own / that of entry 9')
  })

  test('is missed when it is not there, and not asked for where none is cited', () => {
    expect(told({ missing: true })).toMatch('evidence-missing')
    expect(told({ fact: { evidence: null } })).toBeUndefined()
  })
})
