import { readFileSync } from 'node:fs'
import { assert } from '@quorate/kernel'
import { describe, expect, it } from 'vitest'
import type { ClauseId, EditionNumber } from '../act.ts'
import { rulebookOf } from '../../test/blocks.ts'
import { linksOf } from './links.ts'
import { parseRulebook } from './parse.ts'

const text = readFileSync(new URL('../../../../rulebooks/lantern.md', import.meta.url), 'utf8')
const parsed = parseRulebook(text, 1 as EditionNumber)
assert(parsed.kind === 'ok', 'Lantern parses')
const lantern = parsed.value
const links = (clause: string) => linksOf(lantern, clause as ClauseId)

describe('links between clauses', () => {
  it('a procedure leans on the members, the officers and the panel it names, and on the rule a ground cites', () => {
    expect(links('4.2').refersTo).toEqual(['2.2', '3.3', '3.5', '3.7', '5.1', '6.3'])
  })
  it('a power leans on its procedure, and the procedure says so; a tier’s procedure is a link, what it guards is none', () => {
    expect(links('4.1').refersTo).toContain('4.2')
    expect(links('4.2').usedBy).toEqual(['4.1', '4.3', '4.4'])
    expect(links('4.3').refersTo).toEqual(['4.2'])
  })
  it('a state of standing, a class and a value are found in the rules that define them', () => {
    expect(links('2.2').refersTo).toEqual(['2.1', '2.3'])
    expect(links('3.1').refersTo).toContain('2.6')
  })
  it('both directions agree, nothing links to itself, and order is that of the text', () => {
    const ids = lantern.document.clauses.map(({ id }) => id)
    for (const id of ids) {
      const { refersTo, usedBy } = links(id)
      expect(refersTo).not.toContain(id)
      for (const to of refersTo) expect(links(to).usedBy).toContain(id)
      for (const from of usedBy) expect(links(from).refersTo).toContain(id)
      expect(refersTo.map((to) => ids.indexOf(to))).toEqual(refersTo.map((to) => ids.indexOf(to)).toSorted((a, b) => a - b))
    }
  })
  it('prose alone, and a clause that is not there, have none', () => {
    expect(links('4')).toEqual({ refersTo: [], usedBy: [] })
    expect(links('99')).toEqual({ refersTo: [], usedBy: [] })
  })
})

describe('one name for several things', () => {
  // A seat, a state, an attribute with a value, a meeting, an appeal and a class, all called the same.
  const same = parseRulebook(
    rulebookOf(
      'kind: standing\nstates:\n  same: {rights: [vote]}',
      'kind: class\nid: same\nof: person',
      'kind: attribute\nid: same\nvalues: [same]\nevidence: declared',
      'kind: attribute\nid: other\nvalues: [same]\nevidence: declared',
      'kind: body\nid: board\nseats: [{id: same, count: 3, by: election of same}]\nquorum: present at least 1 people\ndecides: {pass: [yes at least 1 votes], tie: falls}',
      'kind: meeting\nid: same\nof: board',
      'kind: electorate\nid: same\nwho: standing same\ncut-off: notice\nlate-evidence: none',
      'kind: electorate\nid: classes\nwho: class same\ncut-off: notice\nlate-evidence: none',
      'kind: electorate\nid: values\nwho: attribute other same\ncut-off: notice\nlate-evidence: none',
      'kind: office\nid: chair\nholders: 1\nfilled: appointed by board\nterm: 1 year\nremoved: board by at least 1 seats\nacting: longest seated same',
      'kind: procedure\nid: p\nstages:\n  propose: {by: rule, due: 3 days before same}\n  same: {do: delay, lasts: 1 day}\n  enact: {effect: spend, at: end of same}',
    ),
    1 as EditionNumber,
  )
  const refers = (clause: string): readonly ClauseId[] => {
    assert(same.kind === 'ok', JSON.stringify(same))
    return linksOf(same.value, clause as ClauseId).refersTo
  }

  it('leads to the thing that is meant: a state to standing, a class to the class, a value to its attribute, a seat to its body', () => {
    expect(refers('8')).toEqual(['2'])
    expect(refers('9')).toEqual(['3'])
    expect(refers('10')).toEqual(['5'])
    expect(refers('11')).toEqual(['6'])
    expect(refers('6')).toEqual(['8'])
  })
})
