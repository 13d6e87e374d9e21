// The second door gives what the first one gives, and loads less.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { accountOf, boxReader, counterOf, countMethods, english, welsh, type Box } from './index.ts'
import { accountIn, counterNamed, readerNamed, wordsIn } from './lazy.ts'
import { valueOf as value } from '../testing/value.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const ward = '3 1\n6 1 2 0\n3 2 3 0\n2 3 0\n0\n"Ann"\n"Bob"\n"Cat"\n"Ward"\n'

function boxOf(text: string): Box {
  const reader = boxReader({ format: 'blt', wants: 'rankings', seats: null, contest: null, scale: null })
  reader.push(utf8(text))
  return value(reader.end()).box
}

/** All files that a file brings along at once, itself among them; what it loads when asked is not followed. */
function loadedBy(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  const code = readFileSync(file, 'utf8').replaceAll(/^(import|export) type [^;]*? from ['"][^'"]*['"];?$/gm, '')
  for (const [, to = ''] of code.matchAll(/^(?:import|export)[^;]*? from ['"](\.[^'"]*)['"];?$/gm))
    loadedBy(join(dirname(file), to), seen)
  return seen
}

describe('the second door', () => {
  it.each(countMethods.map(({ id }) => id))('%s is the method of the registry, by its id and by its bare name', async (id) => {
    for (const name of [id, id.replace(/@\d+$/, '')]) {
      const [slow, quick] = [counterOf(name, new Map()), await counterNamed(name, new Map(), false)]
      if (slow.kind === 'fail') expect(JSON.stringify(quick)).toBe(JSON.stringify(slow))
      else expect(value(quick).method.id).toBe(slow.value.method.id)
    }
  })
  it.each(['scottish-stv', 'meek-reference'])('under bounds %s has its bounded count', async (name) => {
    expect(value(await counterNamed(name, new Map(), true)).bounded).not.toBeNull()
  })
  it.each(['nobody', 'constructor', 'scottish-stv@2', ''])('%j is as unknown as at the first', async (name) => {
    expect(await counterNamed(name, new Map(), false)).toEqual(counterOf(name, new Map()))
  })
  it.each(['scottish-stv', 'schulze', 'plurality'])('%s is read, counted and told alike', async (name) => {
    const given = new Map(
      name === 'schulze'
        ? [
            ['unranked', 'last'],
            ['strength', 'margins'],
          ]
        : name === 'plurality'
          ? [['tooMany', 'cut']]
          : [],
    )
    const reader = await readerNamed({ format: 'blt', wants: 'rankings', seats: null, contest: null, scale: null })
    reader.push(utf8(ward))
    const { box } = value(reader.end())
    expect(box).toEqual(boxOf(ward))
    const count = value(value(await counterNamed(name, given, false)).count(box, null))
    expect(count).toEqual(value(value(counterOf(name, given)).count(box, null)))
    const subject = { title: 'Ward', names: ['Ann', 'Bob', 'Cat'], withdrawn: [], seats: 1, moneyPlaces: 0 }
    for (const [language, words] of [
      ['en', english],
      ['cy', welsh],
    ] as const)
      expect(await accountIn(count, subject, await wordsIn(language))).toEqual(accountOf(count, subject, words))
  })
  it('reads the other forms as the first door does', async () => {
    const as = { format: 'csv', wants: 'rankings', seats: 2, contest: null, scale: null } as const
    const [slow, quick] = [boxReader(as), await readerNamed(as)]
    for (const reader of [slow, quick]) reader.push(utf8('Ann,Bob\n1,2\n2,1\n'))
    expect(quick.end()).toEqual(slow.end())
  })
  it('brings along less than a third of the package', () => {
    const [all, first] = ['index.ts', 'lazy.ts'].map((file) => loadedBy(join(import.meta.dirname, file)).size)
    expect(all).toBeGreaterThan(100)
    expect(first).toBeLessThan((all ?? 0) / 3)
    expect(loadedBy(join(import.meta.dirname, 'methods/scottish.ts')).size).toBeLessThan((all ?? 0) / 3)
  })
})
