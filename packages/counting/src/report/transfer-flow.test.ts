import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyElections, runs } from '../../testing/arbitrary.ts'
import { profileOf, worked } from '../../testing/worked.ts'
import {
  countErs97,
  countMeekReference,
  countScottish,
  decimalText,
  english,
  flowSvg,
  flowTable,
  type Profile,
  type StvCount,
} from '../index.ts'

const methods = [countScottish, countMeekReference, countErs97]
const fine = (count: ReturnType<typeof countScottish>): StvCount => {
  if (count.kind === 'fail') throw new Error(JSON.stringify(count.error))
  return count.value
}

/** What an XML reader would make of a text. */
const unescaped = (text: string): string =>
  text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

/** The rows of the table in a drawing. */
const drawnRows = (svg: string): readonly (readonly string[])[] =>
  [...svg.matchAll(/<g role="row">(.*?)<\/g>/g)]
    .slice(1)
    .map(([, row = '']) => [...row.matchAll(/<text role="cell"[^>]*>(.*?)<\/text>/g)].map(([, cell = '']) => unescaped(cell)))

describe('the drawing of a transfer flow', () => {
  it('its table is the difference of the stage table: in less out for everybody at every stage', () => {
    fc.assert(
      fc.property(anyElections, fc.constantFrom(...methods), ({ profile, lot }, method) => {
        const count = fine(method(profile, lot))
        const rows = drawnRows(flowSvg(count, profile, english.flow))
        expect(rows).toEqual(flowTable(count, profile, english.flow).map((r) => [String(r.stage), r.from, r.to, r.votes]))
        const units = (text: string): bigint => BigInt(text.replace('.', ''))
        for (const [k, stage] of count.stages.entries()) {
          const before = count.stages[k - 1]
          const gained = (name: string): bigint =>
            rows.reduce((sum, [number, from, to, votes = '']) => {
              if (number !== String(stage.number)) return sum
              return sum + (to === name ? units(votes) : 0n) - (from === name ? units(votes) : 0n)
            }, 0n)
          if (before === undefined) {
            expect(rows.some(([number]) => number === '1')).toBe(false)
            continue
          }
          for (const [c, name] of profile.candidates.entries())
            expect(gained(name)).toBe((stage.totals[c] ?? 0n) - (before.totals[c] ?? 0n))
          expect(gained('Non-transferable')).toBe(stage.nonTransferable - before.nonTransferable)
          expect(gained('Lost to cut-off decimals')).toBe(stage.lost - before.lost)
          expect(gained('All surpluses and exclusions')).toBe(0n)
        }
      }),
      runs(200),
    )
  })
  it('bars are as high as the votes, and bands leave and enter where bars are', () => {
    const election = worked[0]
    if (election === undefined) throw new Error('there are elections')
    const svg = flowSvg(fine(countScottish(election.profile, null)), election.profile, english.flow)
    // 99 papers on 420 units: A has 40 votes (169) at stage 1 and 20 (84) at stage 2.
    expect(svg).toContain('<rect x="190" y="60" width="16" height="169" fill="hsl(0,55%,42%)"/>')
    expect(svg).toContain('<rect x="340" y="60" width="16" height="84" fill="hsl(0,55%,42%)"/>')
    // What A keeps begins at the top of both bars; what A gives begins under it.
    expect(svg).toContain(
      '<path d="M206 60C273 60 273 60 340 60v84C273 144 273 144 206 144z" fill="hsl(0,55%,42%)" fill-opacity="0.25"/>',
    )
    expect(svg).toMatch(/<path d="M206 144C/)
  })
  it('says in words what it is, and names cannot break out of it', () => {
    const profile: Profile = {
      ...profileOf('AB', 1, ['2 A', '1 B']),
      title: 'T & "U"',
      candidates: ['<script>', 'a "b" & c who has a very long name'],
    }
    const svg = flowSvg(fine(countScottish(profile, null)), profile, english.flow)
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 \d+ \d+"/)
    expect(svg).toContain('<title id="flow-title">Transfer of votes: T &amp; &quot;U&quot;</title>')
    expect(svg).toContain('role="img" aria-label="A column of bars')
    expect(svg).toContain('&lt;script&gt;</text>')
    expect(svg).toContain('a &quot;b&quot; &amp; c who has a very …</text>')
    expect(svg).not.toContain('<script')
    expect(svg.match(/<(?!\/)(?!\?)[a-z]+[^>]*[^/]>/g)?.length).toBe(svg.match(/<\/[a-z]+>/g)?.length)
  })
  it('a Meek method gives through a pool; a count without papers is drawn too', () => {
    const profile = profileOf('ABC', 2, ['50 A B', '10 A', '26 B', '14 C'])
    const count = fine(countMeekReference(profile, null))
    expect(flowTable(count, profile, english.flow)).toEqual([
      { stage: 2, from: 'A', to: 'All surpluses and exclusions', votes: decimalText(26_666_666_640n, 9) },
      { stage: 2, from: 'All surpluses and exclusions', to: 'B', votes: '22.222222200' },
      { stage: 2, from: 'All surpluses and exclusions', to: 'Non-transferable', votes: '4.444444440' },
    ])
    const empty = profileOf('AB', 2, [])
    expect(flowSvg(fine(countScottish(empty, null)), empty, english.flow)).toContain('Stage 1')
  })
})
