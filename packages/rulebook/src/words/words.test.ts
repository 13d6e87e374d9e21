import { assert } from '@quorate/kernel'
import { describe, expect, it } from 'vitest'
import { plainOf, rulebookOf, treeIn, treeOf, type Plain } from '../../test/blocks.ts'
import { clause, lantern, lanternText, parsed } from '../../test/lantern.ts'
import type { Names, Rule, Rulebook } from '../index.ts'
import { readBlock } from '../language/parse.ts'
import { words, type WordsLocale } from './words.ts'

const said = (rulebook: Rulebook, id: string, locale: WordsLocale = 'en'): string => words(rulebook, clause(id), locale) ?? ''

describe('operative words in English', () => {
  it('says the procedure for changing rules, one numbered group a stage', () => {
    expect(said(lantern, '4.2')).toBe(`The procedure “amend” has 10 stages:
(1) Proposal. Any member may propose. The proposal shows each change of the text.
(2) Support. At least 60 people among the members must sign it within 28 days, or it lapses. Signers who have since left do not count. A signature may be withdrawn until the number is met.
(3) Check. The returning officer must check it within 3 working days. It may be refused only as: not a rule change or breaking rule 5.1. A refusal may be appealed under “appeal”. Without an answer in time it passes.
(4) Notice. Notice goes to every member. It holds the final text. It runs for 14 clear days after it is received.
(5) Debate. Debate is open for 7 days. No amendment may be moved. It runs beside (4).
(6) Roll. The roll holds the members as at (4), and does not change after it is frozen. Those with an appeal open, or still open to them, are on it provisionally.
(7) Ballot. Those on the roll of (6) vote by secret ballot, yes or no. An abstention is not a vote cast. It opens only after (4) and (5). The returning officer must set an opening within 7 days; otherwise it opens at 12:00 on the 8th day. It stays open for 7 days. Those waiting at the close may finish. If enough take part only in its last 24 hours, it stays open 24 hours longer, once. On a tie it falls. The proposal is carried if all of these hold:
  (a) at least 2/3 of the votes for and against are in favour;
  (b) at least 15% of the roll take part.
(8) Certificate. The returning officer must certify the result within 2 working days. After that the panel clerk may certify in the same time again, or it counts as certified.
(9) Challenge. Any member may challenge the result before the panel within 7 days. The grounds are: notice, roll, conduct or count. The panel must decide within 14 days; without an answer in time the challenge is dismissed. An open challenge stops what follows.
(10) Effect. It takes effect at the end of (9): its effect is to change these rules. It is refused if a clause it touches has changed since notice.`)
  })

  it('says an electorate as lettered limbs', () => {
    expect(said(lantern, '2.2')).toBe(`(1) Everyone belongs to the members (“members”) who meets all of these:
  (a) has active standing;
  (b) is of class member;
  (c) is at least 14 years old;
  (d) joined no later than 28 days before the cut-off.
(2) This is judged as at notice, the cut-off. Later evidence counts if dated by the cut-off and verified by the opening of voting.`)
  })

  it('says every clause of Lantern that holds a rule, in sentences of at most 30 words, without brackets in brackets', () => {
    for (const { clause: id } of lantern.provisions) {
      const text = said(lantern, id)
      expect(text.length).toBeGreaterThan(20)
      expect(text).not.toMatch(/\b(?:undefined|null)\b|\[object/)
      for (const sentence of text.split(/[.;:](?:\s|$)/)) expect(sentence.split(/\s+/).length, sentence).toBeLessThanOrEqual(30)
    }
  })

  it('calls things by the names the rulebook gives them', () => {
    const source = lanternText.replace(
      'names: {cy: {one: aelod, many: aelodau, the: yr aelodau,',
      'names: {en: {one: comrade, many: comrades, the: all comrades}, cy: {one: aelod, many: aelodau, the: yr aelodau,',
    )
    expect(said(parsed(source), '4.2')).toContain('Any comrade may propose')
    expect(said(parsed(source), '4.2')).toContain('At least 60 people among all comrades')
  })

  it('does not call two things alike: an id that nothing defines, or whose name another has, is said as it is written', () => {
    const undefinedId = lanternText.replace(
      'propose: {by: electorate members, form: diff}',
      'propose: {by: electorate member, form: diff}',
    )
    expect(said(parsed(undefinedId), '4.2')).toContain('Any “member”')
    const rules = rulebookOf(
      'kind: electorate\nid: people\nwho: age at least 14\ncut-off: notice\nlate-evidence: none\nnames: {en: {the: the people}}',
      'kind: electorate\nid: voters\nwho: age at least 16\ncut-off: notice\nlate-evidence: none\nnames: {en: {the: the people}}',
    )
    expect(said(parsed(rules), '3')).toContain('“voters”')
  })

  it('says nothing of a clause without a rule', () => {
    expect(words(lantern, clause('4'), 'en')).toBeNull()
    expect(words(lantern, clause('99'), 'en')).toBeNull()
  })
})

type Path = readonly (string | number)[]
function paths(plain: Plain, path: Path = []): readonly Path[] {
  if (typeof plain === 'string') return [path]
  const inner = Array.isArray(plain)
    ? (plain as readonly Plain[]).map((v, i) => paths(v, [...path, i]))
    : Object.entries(plain).map(([k, v]) => paths(v, [...path, k]))
  return [path, ...inner.flat()]
}
const valueAt = (plain: Plain, path: Path): Plain =>
  path.reduce<Plain>((v, k) => (typeof v === 'string' ? v : ((v as { readonly [key: string]: Plain })[k] ?? '')), plain)
/** The block with the value at a path replaced, or left out. */
function put(plain: Plain, path: Path, value: Plain | null): Plain {
  const [key, ...rest] = path
  if (key === undefined || typeof plain === 'string') return value ?? ''
  if (Array.isArray(plain)) {
    const list = plain as readonly Plain[]
    return rest.length === 0 && value === null
      ? list.filter((_, i) => i !== key)
      : list.map((v, i) => (i === key ? put(v, rest, value) : v))
  }
  const map = plain as { readonly [key: string]: Plain }
  return Object.fromEntries(
    Object.entries(map).flatMap(([k, v]) =>
      k !== key ? [[k, v]] : rest.length === 0 && value === null ? [] : [[k, put(v, rest, value)]],
    ),
  )
}

const fillings: Readonly<Record<string, string>> = {
  length: '5 days',
  delay: '5 days',
  times: '9',
  count: '9',
  time: '09:00',
  day: '9th',
  sum: '77 GBP',
  clause: '9.9',
  path: 'quorum',
  predicate: 'standing other',
  channel: 'phone',
}
const swaps: readonly (readonly [RegExp, string])[] = [
  [/at least/, 'more than'],
  [/more than/, 'at least'],
  [/\bpeople\b/, 'votes'],
  [/\bseats\b/, 'seated'],
  [/\bdays\b/, 'weeks'],
  [/\bhours\b/, 'minutes'],
  [/\bmonths\b/, 'years'],
  [/\byears?\b/, 'months'],
  [/\band\b/, 'or'],
  [/standing/, 'not standing'],
  [/class/, 'not class'],
  [/electorate (\S+)/, 'electorate others'],
  [/^(\S+) by/, 'others by'],
  [/for-and-against/, 'votes-cast'],
  [/\broll\b/, 'issued'],
  [/\byes\b/, 'weight-for'],
  [/turnout/, 'yes'],
  [/before/, 'after'],
  [/cut-off/, 'open'],
  [/$/, ' sitting'],
  [/$/, ' or rule'],
  [/gender woman/, 'gender man'],
  [/office (\S+)/, 'office others'],
  [/none-of-these/, 'status-quo'],
  [/Europe\/London/, 'Europe/Paris'],
]

/** Every other value that might stand at a leaf: numbers one up, words the codec itself offers, ids, and turns of an expression. */
function alternatives(block: Plain, path: Path): readonly string[] {
  const leaf = valueAt(block, path)
  if (typeof leaf !== 'string') return []
  const refused = readBlock(treeOf(put(block, path, '§')))
  const help = refused.kind === 'fail' ? refused.error.help : ''
  const offered = help
    .replace(/^one of: /, '')
    .split(/[;,] /)
    .map((p) => p.replace(/<([a-zA-Z]+)>/g, (_, slot: string) => fillings[slot] ?? 'other-thing'))
  const numbers = [...leaf.matchAll(/\d+/g)].map(
    (m) => `${leaf.slice(0, m.index)}${Number(m[0]) + 1}${leaf.slice(m.index + m[0].length)}`,
  )
  return [
    ...offered,
    ...numbers,
    ...swaps.map(([from, to]) => leaf.replace(from, to)),
    'other-thing',
    'yes',
    'no',
    '9',
    '9.9',
    '2027-03-04',
    '9 people',
    '7 days',
    '3rd',
    '08:00',
  ]
}

describe('every leaf changes the words, and equal words mean an equal rule', () => {
  const deep = new Set<Rule['kind']>([
    'procedure',
    'power',
    'electorate',
    'tier',
    'calendar',
    'office',
    'body',
    'service',
    'standing',
    'genesis',
    'appeal',
    'emergency',
    'transition',
    'class',
    'attribute',
    'limit',
    'validity',
    'order',
    'fact',
    'interest',
    'conduct',
  ])

  // A name belongs to an id: the block with another id has no name of its own.
  const renamed = (rule: Rule, names: Names | null, was: Rule): Names | null =>
    names === null || ('id' in rule && 'id' in was && rule.id !== was.id) ? null : names

  const cases = lantern.provisions
    .filter((p) => deep.has(p.rule.kind))
    .flatMap((p) => (['en', 'cy'] as const).map((locale) => [p.clause, p.rule.kind, locale] as const))
  it.each(cases)('holds for %s (%s) in %s', (id, _, locale) => {
    const tree = treeIn(lantern, id)
    const block = plainOf(tree)
    const own = readBlock(tree)
    assert(own.kind === 'ok' && own.value.kind === 'rule', `a rule in ${id}`)
    const was = own.value.rule
    const original = JSON.stringify(was)
    const seen = new Map<string, string>([[said(lantern, id, locale), original]])
    const untouched: string[] = []
    for (const path of paths(block).filter((p) => p.length > 0 && !['kind', 'names', 'terms'].includes(String(p[0])))) {
      const mutants = [...alternatives(block, path).map((value) => put(block, path, value)), put(block, path, null)]
      let changed = 0
      for (const mutant of mutants) {
        const read = readBlock(treeOf(mutant))
        if (read.kind === 'fail' || read.value.kind !== 'rule') continue
        const model = JSON.stringify(read.value.rule)
        if (model === original) continue
        changed++
        const { rule } = read.value
        const names = renamed(rule, read.value.names, was)
        const provisions = lantern.provisions.map((p) => (p.clause === id ? { ...p, rule, names } : p)) as Rulebook['provisions']
        const text = said({ ...lantern, provisions }, id, locale)
        expect(seen.get(text) ?? model, `${path.join('.')}: ${text}`).toBe(model)
        seen.set(text, model)
      }
      if (changed === 0 && typeof valueAt(block, path) === 'string') untouched.push(path.join('.'))
    }
    // Leaves with one possible value only (`provisional`, `queue`, `shows`, …) can but be left out, which counts; none may escape entirely.
    expect(untouched.filter((p) => !/candidates$|unless\.\d+$|\.do$/.test(p))).toEqual([])
  })
})
