import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { format, resolveConfig } from 'prettier'
import { describe, expect, it } from 'vitest'
import { parsed } from '../../test/lantern.ts'
import { kindNotes, notes, stageNotes } from '../../test/reference-notes.ts'
import { noteFor, referencePage, rowsOf } from '../../test/reference-page.ts'
import { ruleCodecs } from './model.ts'
import { ruleKinds } from '../schema/kinds.ts'

const examples = parsed(readFileSync(new URL('../../test/reference-examples.md', import.meta.url), 'utf8'))

const { shape } = ruleCodecs.procedure
const stages = shape.kind === 'fields' ? shape.required['stages'] : undefined
const stageKinds = stages?.kind === 'stages' ? stages.kinds : {}
const paths = [
  ...ruleKinds.flatMap((kind) => rowsOf(kind, '', ruleCodecs[kind].shape)),
  ...Object.entries(stageKinds).flatMap(([kind, s]) => rowsOf(`procedure.stages.${kind}`, '', s, ['when', 'at-most'])),
  ...rowsOf('stage', '', stageKinds['delay'] ?? shape),
]

describe('the reference of kinds and keys', () => {
  it('is printed from the schema', async () => {
    const file = fileURLToPath(new URL('../../../../docs/reference/rulebook-keys.md', import.meta.url))
    const page = await format(referencePage(examples), { ...(await resolveConfig(file)), parser: 'markdown' })
    await expect(page).toMatchFileSnapshot(file)
  })

  it('explains every key, and says what it means that an optional one is left out', () => {
    expect(paths.filter(({ path }) => noteFor(path).meaning === '').map(({ path }) => path)).toEqual([])
    // Of these, exactly one of two stands.
    const oneOfTwo = /\.(?:every|at-least|window|closes|clear|due|period)$/
    const unsaid = paths.filter(({ path, must }) => !must && !oneOfTwo.test(path) && noteFor(path).absent === '')
    expect(unsaid.map(({ path }) => path)).toEqual([])
    expect(Object.keys(kindNotes)).toEqual([...ruleKinds])
    expect(Object.keys(stageNotes)).toEqual(Object.keys(stageKinds))
  })

  it('has an example of every kind of rule and of every kind of stage', () => {
    expect(ruleKinds.filter((kind) => !examples.provisions.some((p) => p.rule.kind === kind))).toEqual([])
    const used = new Set(examples.provisions.flatMap((p) => (p.rule.kind === 'procedure' ? p.rule.stages.map((s) => s.do) : [])))
    expect(Object.keys(stageKinds).filter((kind) => !used.has(kind as never))).toEqual([])
  })

  it('has no note that explains nothing', () => {
    const used = new Set(paths.map(({ path }) => noteFor(path).key))
    expect(Object.keys(notes).filter((key) => !used.has(key))).toEqual([])
  })
})
