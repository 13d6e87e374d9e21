// Lists that a stranger works from hold what the program holds: codes of faults, reasons and checks of a verdict, types of entries.
import { entryTypes } from '@quorate/record'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { problemCodes } from '../app/booth/src/protocol.ts'
import { checkWords, faultWords, notCheckedWords } from '../app/cli/verdict-words.ts'

const page = (name: string): string => readFileSync(join(import.meta.dirname, '../docs/spec', name), 'utf8')

/** The rows of the table whose head begins so: the code in the first column, and what the second says. */
function rows(text: string, head: string): readonly (readonly [string, string])[] {
  const lines = text.split('\n')
  const first = lines.findIndex((line) => line.startsWith(head))
  const found: (readonly [string, string])[] = []
  for (const line of lines.slice(first + 2)) {
    if (!line.startsWith('|')) break
    const [, code = '', said = ''] = line.split('|').map((cell) => cell.trim())
    found.push([code.replaceAll('`', ''), said])
  }
  return found
}

describe('docs/spec/dossier.md', () => {
  // Both tables of the program are total over their closed unions: a code without words does not compile.
  test.each([
    ['| `code` of a fault', faultWords],
    ['| `why` a check', notCheckedWords],
  ] as const)('%s lists every code there is, none that is not, each in the words of the command', (head, table) => {
    const listed = rows(page('dossier.md'), head)
    expect(new Set(listed.map(([code]) => code)).size).toBe(listed.length)
    expect(Object.fromEntries(listed)).toEqual(table)
  })

  test('says of every check when it passes, and of none that is not made', () => {
    const listed = rows(page('dossier.md'), '| check ').map(([name]) => name)
    expect(listed.toSorted()).toEqual(Object.keys(checkWords).toSorted())
  })
})

test('docs/spec/record-entries.md lists every type of entry, in the order of the catalogue, and none that is not; each has its schema', () => {
  const listed = rows(page('record-entries.md'), '| type ').map(([type]) => type)
  expect(listed).toEqual(entryTypes)
  for (const type of listed) expect(JSON.parse(page(`schema/entry-${type}.json`))).toMatchObject({ type: 'object' })
})

test('docs/spec/record.md names no type of entry that is not', () => {
  const named = [...page('record.md').matchAll(/`([a-z-]+)` entr(?:y|ies)/g)].map(([, type]) => type)
  expect(named.filter((type) => !(entryTypes as readonly (string | undefined)[]).includes(type))).toEqual([])
})

test('docs/spec/http.md names every code that the pages of voters and trustees know', () => {
  const http = page('http.md')
  expect(problemCodes.filter((code) => !http.includes(`\`${code}\``))).toEqual([])
})
