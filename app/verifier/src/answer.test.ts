import { utf8 } from '@quorate/kernel'
import { verifierKeyText } from '@quorate/record'
import { dossierText, type Dossier } from '@quorate/verifier'
import { describe, expect, test } from 'vitest'
import { dossierFor, wholeDecision } from '../../../packages/verifier/testing/whole-decision.ts'
import { answer } from './answer.ts'
import type { Answer, Question } from './protocol.ts'
import { words } from './words.ts'

const dossier = dossierFor(wholeDecision('Ed25519').log)
const ask = (own: Dossier | Uint8Array, more: Partial<Question> = {}, said: Answer[] = []): Answer => {
  let now = 0
  const bytes = own instanceof Uint8Array ? own : utf8(dossierText(own))
  const question = { dossier: bytes, copies: [], key: '', booth: '', registrar: '', now: 1_795_294_341_000, ...more }
  return answer(
    question,
    (progress) => said.push(progress),
    () => (now += 60),
  )
}
const ballot = dossier.entries.findIndex(({ bytes }) => bytes.includes('"type":"ballot"'))

describe('what the offline verifier answers', () => {
  test('a whole decision holds; how far it has come is said, not more than ten times a second', () => {
    const said: Answer[] = []
    expect(ask(dossier, {}, said)).toMatchObject({
      kind: 'verdict',
      verdict: { verdict: 'holds' },
      about: { key: verifierKeyText(dossier.logKey), typeAtFault: '' },
    })
    const slow: Answer[] = []
    const asked = { dossier: utf8(dossierText(dossier)), copies: [], key: '', booth: '', registrar: '', now: 1_795_294_341_000 }
    answer(
      asked,
      (progress) => slow.push(progress),
      () => 100,
    )
    expect([slow.length, said.length > 5]).toEqual([1, true])
    expect(said.every((progress) => progress.kind === 'progress' && progress.done <= progress.total)).toBe(true)
  })

  test('an altered ballot is named with its entry and what that entry is', () => {
    const entries = dossier.entries.map((entry, i) =>
      i === ballot ? { ...entry, bytes: entry.bytes.replace('"v":1', '"v":1 ') } : entry,
    )
    expect(ask({ ...dossier, entries })).toMatchObject({
      verdict: { verdict: 'fails', fault: { code: 'entry-changed', entry: ballot } },
      about: { typeAtFault: '' },
    })
    const leaves = dossier.leaves.map((leaf, i) => (i === ballot ? '0'.repeat(64) : leaf))
    expect(ask({ ...dossier, leaves })).toMatchObject({
      verdict: { fault: { code: 'entry-changed', entry: ballot } },
      about: { typeAtFault: 'ballot' },
    })
  })

  test('bytes that are no dossier are a verdict, not a crash', () => {
    for (const bytes of [new Uint8Array(0), Uint8Array.of(255), utf8('{}'), utf8('null')])
      expect(ask(bytes)).toMatchObject({ kind: 'verdict', verdict: { verdict: 'fails' }, about: { key: '', typeAtFault: '' } })
  })

  test('a key or a fingerprint that was mistyped is asked for again before anything is checked', () => {
    expect(ask(dossier, { key: 'lantern' })).toEqual({ kind: 'refused', what: 'key' })
    expect(ask(dossier, { booth: 'ABC' })).toEqual({ kind: 'refused', what: 'booth' })
  })

  test('key, booth and copies are compared', () => {
    expect(ask(dossier, { key: verifierKeyText(dossier.logKey) })).toMatchObject({ verdict: { verdict: 'holds' } })
    expect(ask(dossier, { booth: 'ab'.repeat(32) })).toMatchObject({ verdict: { fault: { code: 'booth-differs' } } })
    expect(ask(dossier, { copies: [utf8('not a copy')] })).toMatchObject({ verdict: { fault: { code: 'copy-unreadable' } } })
  })

  test('every figure of a verdict has words in both languages', () => {
    const answered = ask(dossier)
    const named = answered.kind === 'verdict' ? answered.verdict.checks : []
    const figures = named.flatMap((check) => (check.state === 'failed' || check.name === 'count' ? [] : check.detail))
    expect(figures.length).toBeGreaterThan(10)
    for (const { name } of figures) {
      expect(words.en.figure, name).toHaveProperty([name])
      expect(words.cy.figure, name).toHaveProperty([name])
    }
  })
})
