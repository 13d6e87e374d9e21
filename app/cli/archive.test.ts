import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readArchive, verifyArchive } from '@quorate/ballots'
import { dossierText } from '@quorate/verifier'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dossierFor, wholeDecision } from '../../packages/verifier/testing/whole-decision.ts'
import { heard } from './heard.ts'
import { main } from './main.ts'

describe('quorate archive', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'quorate archive '))
    writeFileSync(join(folder, '7.json'), dossierText(dossierFor(wholeDecision('Ed25519').log)))
    const late = wholeDecision('Ed25519', { lateOpening: true })
    writeFileSync(join(folder, 'late.json'), dossierText(dossierFor(late.log)))
    writeFileSync(join(folder, 'no.json'), '{"a":1}')
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const run = async (...words: readonly string[]) => {
    const h = heard()
    const exit = await main(['archive', ...words], h.io)
    return { exit, out: h.out(), err: h.err() }
  }

  it('writes the archive that the record gives, which holds in format v1', async () => {
    const { exit, out, err } = await run(join(folder, '7.json'), '--out', folder)
    expect([exit, err]).toEqual([0, ''])
    const bytes = new Uint8Array(readFileSync(out.trim()))
    const archive = readArchive(bytes)
    expect(archive.kind === 'ok' && archive.value.events.at(-1)?.type).toBe('Result')
    expect(verifyArchive(bytes).kind).toBe('ok')
  })

  it('ends with the result where a trustee opened after it, as the format does', async () => {
    const { exit, out } = await run(join(folder, 'late.json'), '--out', folder)
    expect(exit).toBe(0)
    expect(verifyArchive(new Uint8Array(readFileSync(out.trim()))).kind).toBe('ok')
    expect(await main(['verify', '--quiet', join(folder, 'late.json')], heard().io)).toBe(0)
  })

  it.each([
    ['nothing', [], 2, /which dossier/],
    ['two files', ['a', 'b'], 2, /left over: b/],
    ['a file that is not there', ['nowhere.json'], 1, /cannot read nowhere\.json/],
    ['a folder that is not there', ['7.json', '--out', 'nowhere'], 1, /cannot write/],
    ['something else', ['no.json'], 1, /is no dossier/],
  ])('says in a sentence what is wrong with %s', async (_, words, status, sentence) => {
    const { exit, err } = await run(...words.map((word) => (/^(7|no)\.json$/.test(word) ? join(folder, word) : word)))
    expect(exit).toBe(status)
    expect(err).toMatch(sentence)
  })
})
