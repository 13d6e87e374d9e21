import { globSync, readFileSync } from 'node:fs'
import { format, resolveConfig } from 'prettier'
import { describe, expect, it } from 'vitest'
import { edition, lantern } from '../test/lantern.ts'
import { kindNotes, notes, stageNotes } from '../test/reference-notes.ts'
import { noteFor, referencePage, rowsOf } from '../test/reference-page.ts'
import { parseRulebook, type Rulebook } from './index.ts'
import { ruleCodecs } from './model.ts'
import { ruleKinds } from './schema/kinds.ts'

const folder = new URL('../../../rulebooks/', import.meta.url).pathname
const templates = globSync('templates/*.md', { cwd: folder })
  .toSorted()
  .flatMap((name): readonly Rulebook[] => {
    const read = parseRulebook(readFileSync(`${folder}${name}`, 'utf8'), edition(1))
    return read.kind === 'ok' ? [read.value] : []
  })

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
    const file = new URL('../../../docs/reference/rulebook-keys.md', import.meta.url).pathname
    const page = await format(referencePage([lantern, ...templates]), { ...(await resolveConfig(file)), parser: 'markdown' })
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

  it('has no note that explains nothing', () => {
    const used = new Set(paths.map(({ path }) => noteFor(path).key))
    expect(Object.keys(notes).filter((key) => !used.has(key))).toEqual([])
  })
})
