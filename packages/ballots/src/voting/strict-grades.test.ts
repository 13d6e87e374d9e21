import { assert, utf8 } from '@quorate/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Election, electionText, parseElection } from '../election.ts'
import { embed, unembed } from '../groups/embedding.ts'
import { engineOf } from '../groups/groups.ts'
import { seededRandom } from '../seeded-random.ts'
import { lockBallot } from './ballot.ts'
import { spoiledPapers } from './spoiled.ts'

// Papers of grades are opened one by one, like rankings: nothing but the grades may stand in them, or a buyer would know the one that was bought.

const engine = engineOf('Ed25519')
const most = 5
function electionOf(answers: number): Election {
  const text = electionText({
    version: 1,
    description: '',
    name: 'Grades',
    group: 'Ed25519',
    public_key: engine.encode(engine.generator),
    questions: [
      {
        type: 'NonHomomorphic',
        value: { answers: Array.from({ length: answers }, (_, i) => `Answer ${String(i + 1)}`), question: '?' },
        extra: { method: 'Score', most },
      },
    ],
    uuid: 'QuorateGradinq42',
  })
  const election = parseElection(text)
  assert(election.kind === 'ok', 'the paper of this test is one')
  return election.value
}
const { embedding } = engine
assert(embedding !== undefined, 'Ed25519 holds lists')
const spoiledIn = (lists: readonly { readonly list: readonly number[]; readonly isPlain: boolean }[], answers = 3) =>
  spoiledPapers(electionOf(answers), { papers: [lists] })[0]?.map(({ paper, fault }) => [paper, fault])
const plain = (...list: readonly number[]) => ({ list, isPlain: true })

describe('a paper of grades', () => {
  it('counts with any grades of the scale, and is spoiled above it', () => {
    expect(spoiledIn([plain(0, 5, 3), plain(5, 5, 5), plain(0, 0, 0), plain(6, 0, 0), plain(0, 0, 255)])).toEqual([
      [3, 'score out of range'],
      [4, 'score out of range'],
    ])
  })

  it('is spoiled with anything else in it, whatever its grades', () => {
    const grade = fc.integer({ min: 0, max: most })
    fc.assert(
      fc.property(fc.array(grade, { minLength: 3, maxLength: 12 }), (list) => {
        const element = embed(embedding, list)
        const read = unembed(embedding, list.length, element)
        expect(read).toEqual({ list, isPlain: true })
        expect(spoiledIn([read], list.length)).toEqual([])
        // The same grades in another element of the group: one byte more than there are answers, read as if there were none.
        const marked = unembed(embedding, list.length, embed(embedding, [7, ...list]))
        expect(spoiledIn([marked], list.length)).toEqual([[0, 'marked']])
      }),
      { numRuns: 8 }, // each embedding tries 256 points
    )
    // The same grades with another ε: the next one that gives an element of the group.
    const honest = embed(embedding, [5, 0, 3])
    let epsilon = embedding.numberOf(honest) + 1n
    while (embedding.lift(epsilon) === undefined) epsilon++
    const other = embedding.lift(epsilon)
    assert(other !== undefined, 'there is another')
    expect(unembed(embedding, 3, other)).toEqual({ list: [5, 0, 3], isPlain: false })
    expect(spoiledIn([unembed(embedding, 3, other)])).toEqual([[0, 'marked']])
  })

  it('above the scale is not locked by a device that keeps to the rule', () => {
    const random = seededRandom(utf8('grades that a device locks or not'.slice(0, 32)))
    expect(lockBallot(electionOf(3), [[0, 5, 3]], 7n, random).kind).toBe('ok')
    for (const grades of [
      [0, 6, 3],
      [0, 5],
      [0, 5, -1],
      [0, 5, 1.5],
    ])
      expect(lockBallot(electionOf(3), [grades], 7n, random)).toMatchObject({ kind: 'fail' })
  })
})
