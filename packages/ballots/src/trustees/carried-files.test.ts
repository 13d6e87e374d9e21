import { canonicalJson, type JsonObject } from '@quorate/kernel'
import { describe, expect, it } from 'vitest'

import { checkedFile, parseCheckedFile } from '../checked-file.ts'
import { parseTrusteeAnswer, parseTrusteeTask, trusteeAnswerFile, type TrusteePost, trusteeTaskFile } from './carried-files.ts'

const uuid = 'QuorateTest4242'
const task = { uuid, at: 1_795_294_341_000, ceremony: { you: 2, steps: [] }, election: null, box: null }
const posts: readonly TrusteePost[] = [
  { kind: 'step', step: 2, message: '{"message":"…"}' },
  { kind: 'shuffle', after: 'ab'.repeat(32), shuffle: '{}' },
  { kind: 'opening', payload: '{}', proof: { challenge: '1', response: '2' } },
]
const answer = { uuid, index: 2, posts }

describe('files that a trustee carries', () => {
  it('are read as they are written, blanks around them or not', () => {
    expect(parseTrusteeTask(trusteeTaskFile(task))).toEqual({ kind: 'ok', value: task })
    expect(parseTrusteeTask(`\r\n${trusteeTaskFile(task)}\n`)).toEqual({ kind: 'ok', value: task })
    expect(parseTrusteeAnswer(trusteeAnswerFile(answer))).toEqual({ kind: 'ok', value: answer })
    expect(trusteeTaskFile(task)).toContain('"format":"quorate/trustee-task/v1"')
  })

  it('are refused when one character differs, when cut short, of another kind or a later version', () => {
    const whole = trusteeAnswerFile(answer)
    for (const broken of [whole.replace('"index":2', '"index":3'), whole.slice(0, -9), whole.replace('{', '{ ')])
      expect(parseTrusteeAnswer(broken)).toEqual({ kind: 'fail', error: 'damaged' })
    for (const other of ['', 'hello', '[]', 'null', '7', trusteeTaskFile(task), '{"format":7}'])
      expect(parseTrusteeAnswer(other), other).toEqual({ kind: 'fail', error: 'another kind of file' })
    const later = checkedFile('quorate/trustee-answer/v2', answer)
    expect(parseTrusteeAnswer(later)).toEqual({ kind: 'fail', error: 'of a later version' })
  })

  it('whose check fits and whose fields do not are refused all the same', () => {
    const of = (change: JsonObject) => parseTrusteeAnswer(checkedFile('quorate/trustee-answer/v1', { ...answer, ...change }))
    const wrong: readonly JsonObject[] = [
      { uuid: 'short' },
      { uuid: 7 },
      { index: 0 },
      { index: 101 },
      { index: '2' },
      { posts: [] },
      { posts: 'none' },
      { posts: Array.from({ length: 6 }, () => posts[0] ?? null) },
      { posts: [{ kind: 'step', step: 4, message: '' }] },
      { posts: [{ kind: 'step', step: 1 }] },
      { posts: [{ kind: 'step', step: 1, message: '', more: 1 }] },
      { posts: [{ kind: 'shuffle', after: 'x', shuffle: '' }] },
      { posts: [{ kind: 'shuffle', after: null }] },
      { posts: [{ kind: 'opening', payload: '', proof: { challenge: '1' } }] },
      { posts: [{ kind: 'opening', payload: '', proof: null }] },
      { posts: [{ kind: 'opening', payload: '', proof: { challenge: '1'.repeat(701), response: '1' } }] },
      { posts: [{ kind: 'step', step: 1, message: 'x'.repeat(200_001) }] },
      { posts: [null] },
      { posts: [{ kind: 'other' }] },
    ]
    for (const change of wrong) expect(of(change), canonicalJson(change)).toEqual({ kind: 'fail', error: 'damaged' })
    expect(of({}).kind).toBe('ok')
    expect(of({ posts: [{ kind: 'shuffle', after: null, shuffle: '' }] }).kind).toBe('ok')
    for (const change of [{ at: 'now' }, { uuid: '' }, { ceremony: null }, { election: 7 }, { box: [] }])
      expect(parseTrusteeTask(checkedFile('quorate/trustee-task/v1', { ...task, ...change }))).toEqual({
        kind: 'fail',
        error: 'damaged',
      })
  })

  it('give their fields alone', () => {
    expect(parseCheckedFile('quorate/x/v1', checkedFile('quorate/x/v1', { a: 1 }))).toEqual({ kind: 'ok', value: { a: 1 } })
  })
})
