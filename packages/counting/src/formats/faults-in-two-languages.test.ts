// Whatever is wrong with a file is said in the reader's language, with the words of the file in it.
import { describe, expect, it } from 'vitest'
import {
  constraintsFrom,
  parseQuotaRules,
  placeOf,
  quotaRulesFaultSentence,
  quotaRulesFaultText,
  readFaultText,
  type QuotaRulesFault,
  type ReadFault,
} from '../index.ts'

const place = { line: 3, column: 5, text: 'words of the file' }
const kinds = {
  preflib: [
    'not text',
    'empty',
    'missing key',
    'not a number',
    'bad line',
    'bad order',
    'unknown candidate',
    'candidate twice',
    'counts disagree',
  ],
  pb: [
    'not text',
    'no section',
    'unknown section',
    'no columns',
    'open quote',
    'ragged row',
    'missing key',
    'not a number',
    'unknown vote type',
    'blank cost',
    'repeated project',
    'unknown project',
    'project twice',
    'points do not match',
  ],
  csv: [
    'not text',
    'empty',
    'open quote',
    'ragged row',
    'no candidates',
    'repeated column',
    'bad weight',
    'bad rank',
    'candidate twice',
    'bad grade',
    'overvote',
  ],
  cvr: [
    'not text',
    'not json',
    'not a report',
    'no such contest',
    'contest not named',
    'ambiguous snapshot',
    'unknown selection',
    'no rank',
    'write-in',
  ],
  abc: ['not text', 'missing key', 'not a number', 'bad list', 'unknown candidate', 'candidate twice'],
} as const satisfies { readonly [F in Exclude<ReadFault['format'], 'blt' | 'any'>]: readonly Kind<F>[] }
type Kind<F> = Extract<ReadFault, { readonly format: F }>['fault']['kind']

const faults = Object.entries(kinds).flatMap(([format, all]) =>
  all.map((kind) => {
    const fault = format === 'cvr' ? { kind, path: 'CVR[3]', text: place.text } : { kind, ...place }
    return { format, fault } as ReadFault // each kind stands under its own format above
  }),
)
const others: readonly ReadFault[] = [
  { format: 'any', fault: { kind: 'no scale' } },
  { format: 'any', fault: { kind: 'bad profile', what: 'words of the file' } },
  { format: 'blt', fault: { kind: 'no terminator', line: 1, column: 1 } },
]

describe('a fault of a file', () => {
  it.each([...faults, ...others])('$format: $fault.kind', (read) => {
    const [inEnglish, inWelsh] = [readFaultText(read), readFaultText(read, 'cy')]
    expect(readFaultText(read, 'en')).toBe(inEnglish)
    expect(inWelsh).not.toBe(inEnglish)
    expect(inWelsh.length).toBeGreaterThan(10)
    for (const words of ['words of the file', 'CVR[3]']) expect(inWelsh.includes(words)).toBe(inEnglish.includes(words))
    expect(inWelsh).not.toMatch(/\.$/)
  })
  it('has a sentence of its own in each form', () => {
    for (const language of ['en', 'cy'] as const)
      for (const format of ['preflib', 'pb', 'csv', 'cvr', 'abc'] as const) {
        const texts = faults.filter((read) => read.format === format).map((read) => readFaultText(read, language))
        expect(new Set(texts).size).toBe(texts.length)
      }
  })
  it('names what is missing', () => {
    const lacking: ReadFault = { format: 'pb', fault: { kind: 'no section', line: 1, column: 1, text: 'VOTES' } }
    expect(readFaultText(lacking)).toBe('a section is missing: VOTES')
    expect(readFaultText(lacking, 'cy')).toContain('VOTES')
    const none: ReadFault = { format: 'cvr', fault: { kind: 'no such contest', path: '', text: '' } }
    expect(readFaultText(none)).toBe('the file names no contest')
    expect(readFaultText(none, 'cy')).toBe('nid yw’r ffeil yn enwi cystadleuaeth')
    expect(placeOf(none)).toBeNull()
    expect(placeOf({ format: 'blt', fault: { kind: 'no terminator', line: 4, column: 2 } })).toEqual({ line: 4, column: 2 })
  })
})

describe('a fault of a file of quota rules', () => {
  const contest = { title: '', candidates: ['Ann', 'Bob', 'Bob'], withdrawn: [], seats: 1 }
  const files: Readonly<Record<QuotaRulesFault['kind'], string>> = {
    'not a line': 'women',
    'key outside a group': 'at least: 1',
    'unknown key': 'women:\n  some: 1',
    'repeated key': 'women:\n  at least: 1\n  at least: 1',
    'repeated group': 'women:\nwomen:',
    'bad number': 'women:\n  at least: one',
    'bad bounds': 'women:\n  at least: 2\n  at most: 1\n  members: 1',
    'missing bounds': 'women:\n  members: 1',
    'missing members': 'women:\n  at least: 1',
    'open quote': 'women:\n  at least: 1\n  members: "Ann',
    'unknown candidate': 'women:\n  at least: 1\n  members: Cat',
    'two of that name': 'women:\n  at least: 1\n  members: Bob',
    'candidate twice': 'women:\n  at least: 1\n  members: 1, Ann',
  }
  it.each(Object.entries(files))('%s', (kind, text) => {
    const rules = parseQuotaRules(text)
    const read = rules.kind === 'ok' ? constraintsFrom(rules.value, contest) : rules
    if (read.kind === 'ok') throw new Error('it was read')
    expect(read.error.kind).toBe(kind)
    const [inEnglish, inWelsh] = [quotaRulesFaultText(read.error), quotaRulesFaultText(read.error, 'cy')]
    expect(inEnglish).toBe(`line ${read.error.line}, column ${read.error.column}: ${quotaRulesFaultSentence(read.error)}`)
    expect(inWelsh).toBe(`llinell ${read.error.line}, colofn ${read.error.column}: ${quotaRulesFaultSentence(read.error, 'cy')}`)
    expect(quotaRulesFaultSentence(read.error, 'cy')).not.toBe(quotaRulesFaultSentence(read.error))
  })
})
