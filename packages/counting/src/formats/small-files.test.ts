import { canonicalJson, type Json } from '@quorate/kernel'
import { describe, expect, it } from 'vitest'
import { badFiles, goodFiles, readAs, type SmallFile } from '../../testing/files.ts'
import { ballotFormats, boxReader, formatOf, placeOf, readFaultText, unpackProfile, type ReadBox } from '../index.ts'
import type { Result } from '@quorate/kernel'

type Read = ReturnType<ReturnType<typeof boxReader>['end']>

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Reads a file in pieces of so many bytes, in a buffer that is used again. */
function read(file: SmallFile, piece = 1 << 20): Read {
  const reader = boxReader(readAs(file))
  const all = bytes(file.text)
  const buffer = new Uint8Array(piece < all.length ? piece : all.length)
  for (let at = 0; at < all.length; at += piece) {
    const part = all.slice(at, at + piece)
    buffer.set(part)
    reader.push(buffer.subarray(0, part.length))
    buffer.fill(63)
  }
  return reader.end()
}

/** Nothing of a box that a person could not read: papers unpacked, large numbers as texts. */
function boxText({ box, tieOrder, findings }: ReadBox): string {
  const profile = box.kind === 'rankings' && !('papers' in box.profile) ? unpackProfile(box.profile) : box.profile
  const plain = JSON.parse(
    JSON.stringify({ ...box, profile, tieOrder, findings }, (_, value: unknown) =>
      typeof value === 'bigint' ? `${value}` : value,
    ),
  ) as Json
  return canonicalJson(plain)
}

const shown = ({ format, text, as = {} }: SmallFile): string =>
  `${format} ${JSON.stringify(as)}\n${text.replaceAll('\r', '␍').replaceAll('\u0007', '␇').replaceAll('\uFEFF', '<BOM>')}\n`

const valueOf = <T>(result: Result<T, unknown>): T => {
  if (result.kind === 'fail') throw new Error(JSON.stringify(result.error))
  return result.value
}

describe('small ballot files', () => {
  it('that read: what each form takes, and the box that comes of it', async () => {
    const texts = goodFiles.map((file) => `${shown(file)}→ ${boxText(valueOf(read(file)))}\n`)
    await expect(texts.join('\n')).toMatchFileSnapshot('../../testing/golden/formats/good-files.txt')
  })
  it('that do not: line and column, and what is wrong there in a sentence', async () => {
    const texts = badFiles.map((file) => {
      const found = read(file)
      if (found.kind === 'ok') throw new Error(shown(file))
      const faults = found.error.map((fault) => {
        const at = placeOf(fault)
        return `→ ${at === null ? 'no place' : `${at.line}:${at.column}`} ${readFaultText(fault)} ${JSON.stringify(fault)}`
      })
      return `${shown(file)}${faults.join('\n')}\n`
    })
    await expect(texts.join('\n')).toMatchFileSnapshot('../../testing/golden/formats/bad-files.txt')
  })
  it('read alike however the bytes are cut, from a buffer that is used again', () => {
    for (const file of [...goodFiles, ...badFiles])
      for (const piece of [1, 7]) expect([file.text, read(file, piece)]).toEqual([file.text, read(file)])
  })
  it.each(['preflib', 'pb', 'csv', 'cvr', 'abc'] as const)('%s: bytes that are not UTF-8', (format) => {
    for (const wants of ['rankings', 'grades'] as const) {
      const reader = boxReader({ format, wants, seats: null, contest: null, scale: { lowest: 0, highest: 1 } })
      reader.push(Uint8Array.of(0x41, 0xff, 0x42))
      const found = reader.end()
      expect(found).toMatchObject({ kind: 'fail', error: [{ format, fault: { kind: 'not text' } }] })
      if (found.kind === 'fail') {
        expect(placeOf(found.error[0])).toEqual(format === 'cvr' ? null : { line: 1, column: 1 })
        expect(readFaultText(found.error[0])).toBe('the file is not text in UTF-8')
      }
    }
  })
  it('no more than sixty characters of the text are repeated', () => {
    const long = 'x'.repeat(61)
    for (const file of [
      { format: 'preflib', text: long },
      { format: 'csv', text: `A\n${long}\n` },
      { format: 'pb', text: `${long};\n` },
      { format: 'cvr', text: '{"CVR":[],"Election":[]}', as: { contest: long } },
    ] as const) {
      const found = read(file)
      expect(found.kind === 'fail' ? found.error[0].fault : null).toMatchObject({ text: 'x'.repeat(60) })
    }
  })
})

describe('the form of a file', () => {
  const of = (text: string, name = 'file'): string | null => formatOf(name, bytes(text))
  it('by what it says, whatever its name', () => {
    expect(of('{"CVR":[]}', 'x.csv')).toBe('cvr')
    expect(of('\uFEFF  {', 'x.blt')).toBe('cvr')
    expect(of('META\nkey;value', 'x.txt')).toBe('pb')
    expect(of('# a comment\n\nmeta;\n', 'x.csv')).toBe('pb')
    expect(of('METAL;1\n', 'x')).toBe('csv')
    expect(of('a META;1\n', 'x.csv')).toBe('csv')
    expect(of('8 3\n1 2 0\n', 'x.csv')).toBe('blt')
    expect(of('8   3, # so many\r\n', 'x.csv')).toBe('blt')
    expect(of('# NUMBER: 4\n12 3\n', 'x.soi')).toBe('blt')
    expect(of('8 3 1\n', 'x')).toBe(null)
    expect(of('x8 3\n', 'x')).toBe(null)
    expect(of('# TITLE: a\n# b\n3: 1,2\n', 'x.csv')).toBe('preflib')
    expect(of('# TITLE: a\n3 : 1,2\n', 'x')).toBe('preflib')
    expect(of('A: b\n3: 1,2\n', 'x.csv')).toBe('csv')
    expect(of('3: 1\n', 'x')).toBe(null)
    expect(of('4,3,\n372,1,\n', 'ward.blt')).toBe('csv')
    expect(of('# made by hand\nprofile: [[0]]\nnum_cand: 1\n', 'x.txt')).toBe('abc')
    expect(of('description: x\ncommitteesize : 2\n', 'x')).toBe('abc')
  })
  it('then by its name', () => {
    const endings = {
      blt: 'blt',
      soc: 'preflib',
      soi: 'preflib',
      toc: 'preflib',
      toi: 'preflib',
      cat: 'preflib',
      pb: 'pb',
      csv: 'csv',
      tsv: 'csv',
      json: 'cvr',
      yaml: 'abc',
      yml: 'abc',
    }
    for (const [ending, format] of Object.entries(endings)) {
      expect(of('words', `ballots.${ending}`)).toBe(format)
      expect(of('', `BALLOTS.${ending.toUpperCase()}`)).toBe(format)
      expect(of('words', `ballots.${ending}.bak`)).toBe(null)
      expect(of('words', ending)).toBe(null)
    }
    expect(new Set(Object.values(endings))).toEqual(new Set(ballotFormats))
  })
  it('then by a number alone, or by what divides cells', () => {
    expect(of('12\n1,A\n')).toBe('preflib')
    expect(of('12 \r\n1,A\n')).toBe('preflib')
    expect(of('A,B\n')).toBe('csv')
    expect(of('\n\n A;B\n')).toBe('csv')
    expect(of('A B\n')).toBe(null)
    expect(of('x12')).toBe(null)
    expect(of('12x')).toBe(null)
    expect(of('')).toBe(null)
  })
})
