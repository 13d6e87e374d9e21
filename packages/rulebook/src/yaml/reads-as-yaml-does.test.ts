import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainOf, type Plain } from '../../test/blocks.ts'
import { dice, pick, type Roll } from '../../test/dice.ts'
import { toldWithPlaces, treeByLibrary } from '../../test/yaml-oracle.ts'
import { howOften } from '../../test/how-often.ts'
import { canonicalText } from '../language/document.ts'
import { readTree } from './read-tree.ts'

// The oracle is the package `yaml`, which reads YAML 1.2 whole. We read a part of it: what we take says what YAML says, word for word and place for
// place; what we do not take we name.

const folder = fileURLToPath(new URL('../../../../rulebooks/', import.meta.url))
const texts = globSync('**/*.md', { cwd: folder }).map((name) => readFileSync(`${folder}${name}`, 'utf8'))
const blocks = texts.flatMap((text) => [...text.matchAll(/^```rule\n([^]*?)\n```$/gm)].map((m) => m[1] ?? ''))

const ours = (source: string): string | null => {
  const read = readTree(source, 1)
  return read.kind === 'ok' ? toldWithPlaces(read.value) : null
}
const theirs = (source: string): string | null => {
  const tree = treeByLibrary(source)
  return tree === null ? null : toldWithPlaces(tree)
}

const plainTexts = fc.stringMatching(/^[a-z0-9][a-z0-9 /%.:'-]{0,8}[a-z0-9%]$/)
const anyTexts = fc.oneof(
  plainTexts,
  fc.constantFrom('', 'unknown', '- a', 'a: b', "it's", '# no', '{', 'é', '🏳️‍🌈', '\\', '"', '24:00'),
  fc.string({ maxLength: 6 }),
)
const keys = fc.stringMatching(/^[a-z][a-z0-9-]{0,6}$/)
const { plain: documents } = fc.letrec<{ plain: Plain }>((tie) => ({
  plain: fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    anyTexts,
    fc.array(tie('plain'), { maxLength: 3 }),
    fc.dictionary(keys, tie('plain'), { maxKeys: 3 }),
  ),
}))

const isPlainSafe = (text: string): boolean => /^[a-z0-9][a-z0-9 /%.'-]*$/.test(text) && !text.endsWith(' ')
/** A text in one of the ways it can be written. */
function scalar(text: string, roll: Roll): string {
  if (isPlainSafe(text) && roll(3) > 0) return text
  if (/^[\x20-\x7e]*$/.test(text) && roll(2) === 0) return `'${text.replaceAll("'", "''")}'`
  // JSON is YAML but for signs that must not stand in it as they are.
  return JSON.stringify(text.toWellFormed()).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, (c) =>
    `\\x${c.charCodeAt(0).toString(16)}`.replace(/^\\x(....)$/, '\\u$1'),
  )
}
const noise = (roll: Roll): string => pick(['', '', '', ' # said', '  # a: b'], roll)
const emptyLines = (roll: Roll, indent: string): string =>
  pick(['', '', '', '\n', `\n${indent}# a comment\n`, '\n# another\n'], roll)

function flowText(value: Plain, roll: Roll, indent: string): string {
  const gap = pick([' ', ' ', '', `\n${indent}  `, ` # said\n${indent}   `], roll)
  if (typeof value === 'string') return scalar(value, roll)
  if (Array.isArray(value))
    return `[${gap}${(value as readonly Plain[]).map((v) => flowText(v, roll, indent)).join(`,${gap}`)}${pick(['', ' ', value.length > 0 ? ',' : ''], roll)}]`
  const entries = Object.entries(value as { readonly [key: string]: Plain })
  return `{${entries.map(([key, v]) => `${scalar(key, roll)}: ${gap}${flowText(v, roll, indent)}`).join(`,${gap}`)}${gap}}`
}

/** A value in one of the ways it can be written, by indentation where that is possible. `lead` is what stands before it on its line. */
function blockText(value: Plain, roll: Roll, indent: string): string {
  if (typeof value === 'string' || roll(4) === 0 || Object.keys(value).length === 0)
    return ` ${flowText(value, roll, indent)}${noise(roll)}\n`
  const inner = indent + ' '.repeat(1 + roll(3))
  const lines = Array.isArray(value)
    ? (value as readonly Plain[]).map((v) => `${inner}-${blockText(v, roll, inner)}`)
    : Object.entries(value).map(([key, v]) => `${inner}${scalar(key, roll)}:${blockText(v, roll, inner)}`)
  return `${noise(roll)}\n${lines.map((line) => `${emptyLines(roll, indent)}${line}`).join('')}`
}

describe('a block reads as YAML does', () => {
  it('in every rulebook we ship: the same texts, maps and lists in the same places', () => {
    expect(blocks.length).toBeGreaterThan(300)
    for (const block of blocks) expect(ours(block), block).toBe(theirs(block))
  })

  it('in random documents, however they are written: by indentation or in brackets, plain or quoted, with comments', () => {
    let said = 0
    fc.assert(
      fc.property(fc.dictionary(keys, documents, { minKeys: 1, maxKeys: 3 }), fc.nat(), (document, seed) => {
        const roll = dice(seed)
        const source = Object.entries(document)
          .map(([key, value]) => `${emptyLines(roll, '')}${scalar(key, roll)}:${blockText(value, roll, '')}`)
          .join('')
        const read = readTree(source, 1)
        if (read.kind === 'fail') expect([read.error, source]).toEqual([])
        else {
          expect(plainOf(read.value), source).toEqual(wellFormed(document))
          expect(toldWithPlaces(read.value), source).toBe(theirs(source))
          said++
        }
      }),
      { numRuns: 1_000 },
    )
    expect(said).toBeGreaterThan(900 * Math.min(1, howOften))
  })

  const fragments = [
    ...[
      '\n',
      '\n  ',
      '\n    ',
      '\n\n',
      '\n- ',
      '- ',
      '- - ',
      '-\t',
      ': ',
      ':',
      ' ',
      '  ',
      '\t',
      ', ',
      ',',
      '#',
      ' # c',
      '? ',
      '|\n',
      '>-\n',
    ],
    ...[
      'a',
      'b c',
      'k: v',
      'k:\n',
      "'",
      '"',
      '"x y"',
      "'it''s'",
      "''",
      '""',
      '{',
      '}',
      '[',
      ']',
      '&a ',
      '*a',
      '!t ',
      '%',
      '@',
      '`',
      '~',
      '0',
    ],
    ...[
      'é',
      '"\\u00e9"',
      '\\',
      '"a": ',
      '"a":b',
      'unknown',
      '...\n',
      '---\n',
      'x: [a, b]',
      'y: {c: d}',
      '{a: b, c}',
      '[a: b]',
      'z:\n- 1\n- 2',
      '<<: ',
      '\u0085',
      '\u2028',
    ],
  ]
  /** Fragments in a row, or a real block with up to three wounds. */
  function torn(roll: Roll): string {
    if (roll(2) === 0) return Array.from({ length: 1 + roll(12) }, () => pick(fragments, roll)).join('')
    let text = pick(blocks, roll)
    for (let wounds = 1 + roll(3); wounds > 0; wounds--) {
      const at = roll(text.length + 1)
      const to = Math.min(text.length, at + roll(roll(3) === 0 ? 40 : 4))
      text = [text.slice(0, at), pick(['', pick(fragments, roll)], roll), text.slice(pick([at, to], roll) || at)].join('')
    }
    return text
  }

  // 2,000 beside the other tests, twenty thousand and more with QUORATE_FUZZ.
  const inputs =
    Math.min(200_000, Math.max(20_000, Number(process.env['QUORATE_FUZZ'] ?? 0))) /
    (process.env['QUORATE_FUZZ'] === undefined ? 10 : 1)
  it(`in ${inputs} torn texts: what is taken says what YAML says, and what is not is named`, { timeout: 3_600_000 }, () => {
    let [taken, refusedByUsAlone] = [0, 0]
    for (let input = 0; input < inputs; input++) {
      // As a document is read: without blanks at the end of a line (`yaml` refuses a last line of tabs alone).
      const text = canonicalText(torn(dice(input + 7)))
      const read = readTree(text, 1)
      const library = theirs(text)
      if (read.kind === 'ok') {
        taken++
        if (toldWithPlaces(read.value) !== library) expect([text, toldWithPlaces(read.value)]).toEqual([text, library])
      } else {
        expect(read.error.code).toMatch(/^R020[1-4]$/)
        if (library !== null) refusedByUsAlone++
      }
    }
    // Both sides occur; what YAML takes and a rule does not (blocks of lines, keys that are lists, document marks) is the small part.
    expect(taken).toBeGreaterThan(inputs / 5)
    expect(refusedByUsAlone).toBeLessThan(inputs / 20)
  })
})

const wellFormed = (value: Plain): Plain =>
  typeof value === 'string'
    ? value.toWellFormed()
    : Array.isArray(value)
      ? (value as readonly Plain[]).map(wellFormed)
      : Object.fromEntries(Object.entries(value).map(([key, v]) => [key, wellFormed(v)]))
