import { appendFileSync, globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { dice, pick, type Roll } from '../../test/dice.ts'
import { edition, lanternText } from '../../test/lantern.ts'
import { parseRulebook, type Diagnostic } from '../index.ts'

/** Inputs of one run: some hundreds beside the other tests, a million in `npm run nightly -- --only fuzz`. */
const inputs = Number(process.env['QUORATE_FUZZ'] ?? 600)
const seed = Number(process.env['QUORATE_FUZZ_SEED'] ?? 20_261_122)

const folder = new URL('../../../../rulebooks/', import.meta.url)
const texts = globSync('**/*.md', { cwd: fileURLToPath(folder) }).map((name) => readFileSync(new URL(name, folder), 'utf8'))
const clauses = texts.flatMap((text) => text.split(/^(?=#{2,6} \d)/m))
const lines = texts.flatMap((text) => text.split('\n'))
const words = [...new Set(texts.flatMap((text) => text.split(/[^A-Za-z0-9-]+/)))]

/** What tears a parser: YAML's own devices, ends of lines and of blocks, halves of characters, depth and length. */
const hostile: readonly string[] = [
  '```',
  '```rule',
  '~~~',
  '## 9 X',
  '## 9',
  '---\n',
  '...\n',
  '%YAML 1.1\n',
  '? ',
  '- - - ',
  '&a ',
  '*a',
  '!!binary ',
  '!t ',
  '<<: ',
  '{',
  '}',
  '[',
  ']',
  ',',
  ': ',
  '#',
  '"',
  "'",
  '|\n',
  '>-\n',
  '\t',
  '\0',
  '\uD800',
  '\uDFFF',
  '\uFEFF',
  '\u2028',
  '\u0085',
  '\r',
  '\r\n',
  '\u202E',
  '🏳️‍🌈',
  'unknown',
  '{readings: {a: unknown, b: [x]}, ratified: b}',
  '__proto__: x\n',
  'constructor: {prototype: x}\n',
  'toString: x\n',
  'a: &a [*a]\n',
  '999999999999999999999999',
  '-1',
  '1e9',
  '0x10',
  '('.repeat(60),
  '['.repeat(200),
  '{a: '.repeat(100),
  '- '.repeat(400),
  'x'.repeat(30_000),
  ' or standing active'.repeat(200),
]

/** One wound: something cut out, put in, doubled, or put in the place of something else. */
function wounded(text: string, roll: Roll): string {
  const at = roll(text.length + 1)
  const end = Math.min(text.length, at + roll(roll(4) === 0 ? 400 : 12))
  const word = /[A-Za-z0-9-]*$/.exec(text.slice(0, at))?.[0].length ?? 0
  switch (roll(7)) {
    case 0:
      return text.slice(0, at) + text.slice(end)
    case 1:
      return text.slice(0, at) + pick(hostile, roll) + text.slice(at)
    case 2:
      return text.slice(0, end) + text.slice(at)
    case 3:
      return text.slice(0, at - word) + pick(words, roll) + text.slice(at)
    case 4:
      return `${text.slice(0, at)}\n${pick(lines, roll)}\n${text.slice(at)}`
    case 5:
      return text.slice(0, at) + String.fromCharCode(roll(0x1_0000)) + text.slice(at + 1)
    default:
      return text.slice(0, at) + pick(hostile, roll) + text.slice(end)
  }
}

/** A text of one to three real clauses, now and then of all, wounded one to four times. */
function inputOf(roll: Roll): string {
  const whole = roll(400) === 0
  const count = 1 + roll(3)
  let text = whole ? pick(texts, roll) : Array.from({ length: count }, () => pick(clauses, roll)).join('')
  for (let wounds = 1 + roll(4); wounds > 0; wounds--) text = wounded(text, roll)
  return text
}

/** What is wrong with an answer: nothing, or the rule it breaks. */
function faultOf(text: string, diagnostics: readonly Diagnostic[]): string | null {
  if (diagnostics.length === 0) return 'a failure without a diagnostic'
  const height = text.split(/\r\n?|\n/).length + 1
  const blocks = new Map<string, number>()
  for (const d of diagnostics) {
    if (!(d.line >= 1 && d.line <= height && d.column >= 1 && d.text.length <= 80))
      return `a place outside the text: ${JSON.stringify(d)}`
    if (d.help === '' || /undefined|null|\[object/.test(d.help)) return `no help: ${JSON.stringify(d)}`
    const block = `${d.clause ?? ''} ${/^R0[23]/.test(d.code) ? 'block' : `${d.code} ${d.line}`}`
    blocks.set(block, (blocks.get(block) ?? 0) + 1)
  }
  return [...blocks.values()].every((n) => n === 1) ? null : `two diagnostics for one block: ${JSON.stringify(diagnostics)}`
}

describe('parsing is total', () => {
  it(`answers ${inputs} torn texts, and one diagnostic a bad block is all it says`, { timeout: 6 * 3_600_000 }, () => {
    let slowest = { ms: 0, input: 0 }
    let refused = 0
    for (let input = 0; input < inputs; input++) {
      const text = inputOf(dice(seed + input))
      const began = performance.now()
      let answer: ReturnType<typeof parseRulebook>
      try {
        answer = parseRulebook(text, edition(1))
      } catch (thrown) {
        throw new Error(`input ${input} of seed ${seed} throws: ${String(thrown)}\n${JSON.stringify(text.slice(0, 2_000))}`)
      }
      const ms = performance.now() - began
      if (ms > slowest.ms) slowest = { ms, input }
      if (answer.kind === 'ok') continue
      refused++
      const fault = faultOf(text, answer.error)
      if (fault !== null) expect(`input ${input} of seed ${seed}: ${fault}`).toBe('')
    }
    // Wounds that only touch prose leave a text that reads; most do not.
    expect(refused).toBeGreaterThan(inputs / 4)
    const notes = process.env['QUORATE_NOTES']
    if (notes !== undefined)
      appendFileSync(
        notes,
        `parser fuzz: ${inputs} texts, ${refused} refused, none threw; the slowest took ${slowest.ms.toFixed(0)} ms (input ${slowest.input})\n`,
      )
  })
})

// Clocks belong to the nightly run: beside other tests a busy machine can make any ratio.
const nightly = process.env['QUORATE_FUZZ'] !== undefined
const describeNightly = nightly ? describe : (_name: string, _tests: () => void): void => undefined

describeNightly('parsing costs no more than its text is long', () => {
  const took = (text: string, times: number): number => {
    const began = performance.now()
    for (let i = 0; i < times; i++) expect(['ok', 'fail']).toContain(parseRulebook(text, edition(1)).kind)
    return performance.now() - began
  }
  /**
   * How much dearer one long text is than sixteen texts of a sixteenth: about 1 when cost is linear, 16 when it is quadratic. Other work on the
   * machine can only make a round look worse, so the best of up to twelve counts.
   */
  const dearer = (text: (size: number) => string, size: number): number => {
    let long = Number.POSITIVE_INFINITY
    let short = Number.POSITIVE_INFINITY
    for (let round = 0; round < 12 && !(long / short < 4); round++) {
      short = Math.min(short, took(text(size), 16))
      long = Math.min(long, took(text(16 * size), 1))
    }
    return long / short
  }
  const fence = (inside: string): string => `## 1 A\n\`\`\`rule\n${inside}\n\`\`\``

  it.each([
    '- ',
    '? ',
    '{a: ',
    '[',
    'a: ',
    '"',
    "'",
    '&a ',
    '!t ',
    '| ',
    '#',
    'a: b\n',
    '- a\n',
    '{a: b}, ',
    ' ',
    '\t',
    '\r',
    '\uD800',
    '(',
    'x',
  ])('in a block of %j', (unit) => {
    const times = (size: number): string => unit.repeat(Math.floor(size / unit.length))
    expect(dearer((size) => fence(times(size)), 1_200)).toBeLessThan(8)
    expect(dearer((size) => fence(`kind: ${times(size)}`), 1_200)).toBeLessThan(8)
  })

  it.each([
    '## 1 A\n',
    '```\n',
    '```rule\n',
    '# ',
    ' \n',
    '\r',
    'x',
    '\uFEFF',
    'a\t',
    ' ',
    '\t',
    '\n',
    '## 1 A\n```rule\n[\n```\n',
  ])('in a document of %j', (unit) => {
    const times = (size: number): string => unit.repeat(Math.floor(size / unit.length))
    expect(dearer(times, 36_000)).toBeLessThan(8)
    expect(dearer((size) => `${times(size)}x`, 36_000)).toBeLessThan(8)
  })

  it.each([' or standing active', ' and not (standing a)', ' (', 'not ', ' or'])('in a predicate of %j', (unit) => {
    const who = (size: number): string =>
      fence(
        `kind: electorate\nid: e\nwho: standing a${unit.repeat(Math.floor(size / unit.length))}\ncut-off: notice\nlate-evidence: none`,
      )
    expect(dearer(who, 1_200)).toBeLessThan(8)
  })

  it('and a longer text than a rulebook may be is refused at once, with its code', () => {
    const read = parseRulebook(lanternText.repeat(60), edition(1))
    expect(read.kind === 'fail' && read.error[0].code).toBe('R0101')
  })
})
