import { canonicalJson, instant, utf8, type Json, type JsonObject } from '@quorate/kernel'
import fc from 'fast-check'
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  bodyOf,
  encodeEntry,
  entryBytes,
  entryOf,
  entryShape,
  entryTypes,
  jsonSchemaOf,
  parseEntry,
  tokens,
  type Entry,
  type Shape,
} from './index.ts'

const hash = 'ab'.repeat(32)
const opened = entryOf('opened', instant(1_795_294_341_000), null, {
  format: 'quorate/record/v1',
  origin: 'lantern.example/record',
  movement: 'lantern',
  software: '0.1.0',
  demonstration: true,
  singleOperator: true,
})

/** Any value of a shape. */
function valuesOf(shape: Shape<unknown>): fc.Arbitrary<Json> {
  switch (shape.kind) {
    case 'integer':
      return fc.integer({ min: shape.min, max: Math.min(shape.max, 2 ** 31 - 1) })
    case 'boolean':
      return fc.boolean()
    case 'word':
      return fc.constantFrom(...shape.words)
    case 'constant':
      return fc.constant(shape.value)
    case 'token':
      return fc.stringMatching(tokens[shape.token].pattern)
    case 'list':
      return fc.array(valuesOf(shape.of), { minLength: shape.min, maxLength: Math.min(shape.max, shape.min + 2) })
    case 'object':
      return fc.record(Object.fromEntries(Object.entries(shape.fields).map(([k, s]) => [k, valuesOf(s)])))
    case 'map':
      return fc.dictionary(fc.stringMatching(tokens[shape.key].pattern), valuesOf(shape.of), { maxKeys: 3 })
    case 'either':
      return fc.oneof(...shape.of.map(valuesOf))
    case 'variant':
      return fc.oneof(...Object.values(shape.cases).map(valuesOf))
    case 'text':
      return valuesOf(shape.of).map((v) => JSON.stringify(v))
  }
}
const entriesOf = (type: (typeof entryTypes)[number]): fc.Arbitrary<Entry> =>
  valuesOf(entryShape(type)) as unknown as fc.Arbitrary<Entry>
const some = <T>(arbitrary: fc.Arbitrary<T>, n: number): readonly T[] => fc.sample(arbitrary, { numRuns: n, seed: 1795294341 })

/** Every place of a value where something stands, deepest first. */
function* places(value: Json, path: readonly string[] = []): Generator<readonly string[]> {
  if (typeof value === 'object' && value !== null) for (const [k, v] of Object.entries(value)) yield* places(v, [...path, k])
  yield path
}
function changed(value: Json, path: readonly string[], change: (old: Json) => Json): Json {
  const [key, ...rest] = path
  if (key === undefined) return change(value)
  if (Array.isArray(value)) return (value as Json[]).with(Number(key), changed(value[Number(key)] as Json, rest, change))
  const object = value as JsonObject
  return { ...object, [key]: changed(object[key] as Json, rest, change) }
}

describe('bytes', () => {
  test('are canonical JSON, its keys in order', () => {
    expect(new TextDecoder().decode(entryBytes(opened))).toBe(
      '{"at":1795294341000,"body":{"demonstration":true,"format":"quorate/record/v1","movement":"lantern",' +
        '"origin":"lantern.example/record","singleOperator":true,"software":"0.1.0"},"decision":null,"type":"opened","v":1}',
    )
  })

  test.each(entryTypes)('parse of print is identity: %s', (type) => {
    for (const entry of some(entriesOf(type), 30)) {
      const bytes = encodeEntry(entry)
      if (bytes.kind === 'fail') expect(bytes.error.kind).toBe('longer than 65,535 bytes')
      else expect(parseEntry(bytes.value)).toEqual({ kind: 'ok', value: entry })
    }
  })

  test.each([
    ['a blank', (s: string) => s.replace(',', ', '), 'not canonical'],
    ['another order of keys', (s: string) => s.replace(/^\{("at":\d+),(.*),"v":1\}$/, '{"v":1,$1,$2}'), 'not canonical'],
    ['a key twice', (s: string) => s.replace('"v":1', '"v":1,"v":1'), 'not canonical'],
    ['an escape nobody needs', (s: string) => s.replace('lantern.', '\\u006cantern.'), 'not canonical'],
    ['a fraction', (s: string) => s.replace('"v":1', '"v":1.5'), 'not a value of the record'],
    ['an exponent', (s: string) => s.replace('1795294341000', '1795294341e3'), 'not canonical'],
    ['minus zero', (s: string) => s.replace('1795294341000', '-0'), 'not a value of the record'],
    ['a truncated text', (s: string) => s.slice(0, -1), 'not JSON'],
    ['two values', (s: string) => s + s, 'not JSON'],
    ['nothing', () => '', 'not JSON'],
    ['a newline at the end', (s: string) => `${s}\n`, 'not canonical'],
    ['a byte order mark', (s: string) => `\ufeff${s}`, 'not JSON'],
    ['nesting without end', () => '['.repeat(30_000) + ']'.repeat(30_000), 'not a value of the record'],
  ] as const)('refused: %s', (_, change, kind) => {
    const source = new TextDecoder('utf-8', { ignoreBOM: true }).decode(entryBytes(opened))
    expect(parseEntry(utf8(change(source)))).toMatchObject({ kind: 'fail', error: { kind } })
  })

  test('refused: bytes that are not UTF-8, and more than 65,535 of them', () => {
    expect(parseEntry(Uint8Array.of(0x22, 0xff, 0x22))).toEqual({ kind: 'fail', error: { kind: 'not UTF-8' } })
    expect(parseEntry(new Uint8Array(65_536).fill(0x20))).toEqual({ kind: 'fail', error: { kind: 'longer than 65,535 bytes' } })
  })

  test('any bytes at all are parsed without throwing', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => parseEntry(bytes).kind === 'fail'))
    fc.assert(fc.property(fc.json(), (text) => parseEntry(utf8(text)).kind === 'fail'))
  })

  test('an entry of our own that does not fit its type is a bug, and one that holds what somebody sent is refused', () => {
    const wrong = { ...opened, body: { ...opened.body, name: 'Anna' } }
    expect(() => entryBytes(wrong)).toThrow('an entry fits its type')
    expect(encodeEntry(wrong)).toMatchObject({ kind: 'fail', error: { kind: 'not of its type', path: '/body' } })
  })
})

describe('bodies', () => {
  test.each(entryTypes)('have every field of their type, no other, and none of another kind: %s', (type) => {
    for (const entry of some(entriesOf(type), 5)) {
      for (const path of places(entry)) {
        const value = path.reduce<Json>((v, k) => (v as JsonObject)[k] as Json, entry)
        const refused = (change: (old: Json) => Json, why: string): void => {
          const parsed = parseEntry(utf8(canonicalJson(changed(entry, path, change))))
          expect(parsed.kind, `${path.join('/')} ${why}`).toBe('fail')
        }
        if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
          const mayHoldMore = path.at(-1) === 'value'
          if (!mayHoldMore) refused((old) => ({ ...(old as JsonObject), name: 'Anna Smith' }), 'with one more field')
          if (!mayHoldMore)
            for (const key of Object.keys(value))
              refused((old) => Object.fromEntries(Object.entries(old as JsonObject).filter(([k]) => k !== key)), `without ${key}`)
        }
        refused(() => 'Anna Smith, anna@example.org', 'holding a free text')
        refused(() => ({ name: 'Anna Smith' }), 'holding a free object')
        refused(() => ['Anna Smith'], 'holding a free list')
      }
    }
  })

  test('are told apart by type', () => {
    expect(bodyOf(opened, 'opened')?.movement).toBe('lantern')
    expect(bodyOf(opened, 'roll')).toBeNull()
    const relabelled = { ...opened, type: 'roll' as const }
    expect(encodeEntry(relabelled).kind).toBe('fail')
    expect(encodeEntry({ ...opened, type: '__proto__' as 'roll' }).kind).toBe('fail')
    expect(encodeEntry({ ...opened, v: 2 as 1 }).kind).toBe('fail')
    expect(encodeEntry({ ...opened, at: instant(-1) }).kind).toBe('fail')
    expect(encodeEntry({ ...opened, decision: 0 }).kind).toBe('fail')
  })

  test('of a ballot hold its exact text, and no prose beside or inside it', () => {
    const proof = { challenge: '1', response: '2' }
    const answer = { choices: [{ alpha: hash, beta: hash }], individual_proofs: [[proof, proof]], overall_proof: [proof] }
    const digest = 'A'.repeat(43)
    const ballot = {
      election_uuid: 'a'.repeat(14),
      election_hash: digest,
      credential: hash,
      answers: [answer],
      signature: { hash: digest, proof },
    }
    const cast = { previous: digest, proof }
    const entry = (text: string): Entry => entryOf('ballot', instant(1), 12, { ballot: text, cast, code: 'CEDAR–4817–LARK' })
    const source = JSON.stringify(ballot)
    expect(encodeEntry(entry(source)).kind).toBe('ok')
    expect(encodeEntry(entry(JSON.stringify(ballot, null, 1))).kind).toBe('fail')
    expect(encodeEntry(entry(source.replace('{', '{"credential":"Anna",'))).kind).toBe('fail')
    expect(encodeEntry(entry(JSON.stringify({ ...ballot, name: 'Anna' }))).kind).toBe('fail')
    expect(encodeEntry(entry(source.replace(digest, 'Anna'))).kind).toBe('fail')
    expect(encodeEntry(entry('for'))).toMatchObject({ error: { path: '/body/ballot', expected: 'compact JSON in a text' } })
  })
})

describe('no entry can carry personal data', () => {
  const leaves = (shape: Shape<unknown>): readonly Shape<unknown>[] => {
    switch (shape.kind) {
      case 'list':
      case 'text':
        return leaves(shape.of)
      case 'map':
        return [{ kind: 'token', token: shape.key }, ...leaves(shape.of)]
      case 'object':
        return Object.values(shape.fields).flatMap(leaves)
      case 'either':
        return shape.of.flatMap(leaves)
      case 'variant':
        return Object.values(shape.cases).flatMap(leaves)
      default:
        return [shape]
    }
  }

  test.each(entryTypes)('every leaf is a number, a truth value, a closed word or a token: %s', (type) => {
    const kinds = new Set(leaves(entryShape(type)).map((leaf) => leaf.kind))
    for (const kind of kinds) expect(['integer', 'boolean', 'word', 'constant', 'token']).toContain(kind)
  })

  test('every closed word is one of ours: short, of four words at most', () => {
    for (const type of entryTypes)
      for (const leaf of leaves(entryShape(type)))
        if (leaf.kind === 'word') for (const word of leaf.words) expect(word).toMatch(/^[A-Za-z0-9/-]{2,20}(?: [a-z]{2,8}){0,3}$/)
  })

  const people = [
    'Anna Smith',
    'anna@example.org',
    '+44 7700 900123',
    '12 Castle Street, Cardiff',
    'CF10 1EP',
    'Siân',
    'O’Neill',
    'anna_smith',
  ]
  test('no token takes a name with a capital, an e-mail, a telephone number or an address', () => {
    for (const [name, { pattern }] of Object.entries(tokens))
      for (const person of people) expect(pattern.test(person), `${name}: ${person}`).toBe(false)
  })

  test('tokens that take a lower-case word are those that another document closes', () => {
    // id, term, electorate, capacity, seat, about: defined in the edition, looked up there by the verifier. origin: the log's own, in the first entry.
    const open = Object.entries(tokens).filter(([, { pattern }]) =>
      ['anna', 'anna@1', 'office anna'].some((t) => pattern.test(t)),
    )
    expect(open.map(([name]) => name).toSorted()).toEqual(['about', 'capacity', 'electorate', 'id', 'origin', 'seat', 'term'])
  })

  test('every token is anchored at both ends and matched in linear time', () => {
    for (const [name, { pattern }] of Object.entries(tokens)) {
      expect(pattern.source, name).toMatch(/^\^.*\$$/)
      expect(pattern.flags, name).toBe('')
      const started = performance.now()
      for (const c of 'a1.-/@ Z') pattern.test(c.repeat(60_000))
      expect(performance.now() - started, name).toBeLessThan(200)
    }
  })
})

describe('published schemas', () => {
  const folder = join(import.meta.dirname, '../../../docs/spec/schema')

  test.each(entryTypes)('are printed from the shapes: %s', async (type) => {
    const schema = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: `Record entry: ${type}`,
      ...jsonSchemaOf(entryShape(type)),
    }
    await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(join(folder, `entry-${type}.json`))
  })

  test('hold no text that is not closed: each is a word, a fixed spelling, or JSON whose texts are', async () => {
    const spellings = new Set(Object.values(tokens).map(({ pattern }) => pattern.source))
    const open: string[] = []
    let texts = 0
    const walk = (schema: Json, path: string): void => {
      if (Array.isArray(schema)) return (schema as readonly Json[]).forEach((one, i) => walk(one, `${path}/${String(i)}`))
      if (typeof schema !== 'object' || schema === null) return
      const { type, pattern, contentSchema, additionalProperties, properties } = schema as JsonObject
      if (type === 'string') texts++
      if (type === 'string' && contentSchema === undefined && !(typeof pattern === 'string' && spellings.has(pattern)))
        open.push(path)
      // An object is closed, or its keys are spelt and its values have a schema.
      if (type === 'object' && properties !== undefined && additionalProperties !== false) open.push(path)
      if (type === 'object' && properties === undefined && typeof additionalProperties !== 'object') open.push(path)
      if (type === undefined && path !== '' && Object.keys(schema).length === 0) open.push(path)
      for (const [key, inner] of Object.entries(schema as JsonObject))
        if (key === 'properties') for (const [name, field] of Object.entries(inner as JsonObject)) walk(field, `${path}/${name}`)
        else if (key !== 'enum' && key !== 'const') walk(inner, path)
    }
    for (const type of entryTypes)
      walk(JSON.parse(await readFile(join(folder, `entry-${type}.json`), 'utf8')) as Json, `/${type}`) // our own file
    expect(open).toEqual([])
    expect(texts).toBeGreaterThan(100)
  })

  test('there is one for each type and no other', () => {
    const entries = readdirSync(folder).filter((name) => name.startsWith('entry-'))
    expect(entries.toSorted()).toEqual(entryTypes.map((type) => `entry-${type}.json`).toSorted())
  })
})
