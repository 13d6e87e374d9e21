import { ruleCodecs, type Rulebook } from '../src/language/model.ts'
import { ruleKinds } from '../src/schema/kinds.ts'
import type { Shape, Shapes } from '../src/language/shape.ts'
import { kindNotes, notes, stageNotes } from './reference-notes.ts'

const code = (text: string): string => `\`${text}\``
const or = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} or ${parts.at(-1) ?? ''}`

/** What may stand there. One case per shape: a table. */
function valueOf(shape: Shape): string {
  switch (shape.kind) {
    case 'text':
      return shape.what
    case 'expression':
      return `[${shape.of}](../spec/rulebook.md#2-expressions)`
    case 'word':
      return or(shape.words.map(code))
    case 'id':
      return idOf(shape)
    case 'phrase':
      return code(shape.pattern)
    case 'phrases':
      return or(shape.of.map((p) => code(p.pattern)))
    case 'either':
      return or(shape.of.map(valueOf))
    case 'list':
      return shape.item.kind === 'fields'
        ? 'a list of maps'
        : `${shape.single ? 'one, or ' : ''}a list of: ${valueOf(shape.item)}`
    case 'table':
      return `a map from ${valueOf(shape.key)} to ${shape.value.kind === 'fields' ? 'maps' : valueOf(shape.value)}`
    case 'fields':
      return 'a map'
    case 'stages':
      return 'a map of [stages](#stages)'
  }
}

function idOf({ to, except }: Extract<Shape, { readonly kind: 'id' }>): string {
  const also = except.length === 0 ? '' : ` or ${except.map(code).join(', ')}`
  if (to === null) return `an id${also}`
  if (to === 'clause') return 'a clause number'
  if (to === 'anchor') return 'an instant, stage, meeting or appeal'
  return `${typeof to === 'string' ? `a ${to}` : or(to.map((kind) => `${/^[aeo]/.test(kind) ? 'an' : 'a'} ${kind}`))}${also}`
}

/** The slots of phrases in a shape: what may stand between the angle brackets. */
function slotsOf(shape: Shape): readonly string[] {
  const phrases =
    shape.kind === 'phrase'
      ? [shape]
      : shape.kind === 'phrases'
        ? shape.of
        : shape.kind === 'list' && shape.item.kind !== 'fields'
          ? null
          : []
  if (phrases === null) return slotsOf((shape as Extract<Shape, { readonly kind: 'list' }>).item)
  const slots = new Map(phrases.flatMap((p) => Object.entries(p.slots)).map(([name, s]) => [name, valueOf(s)]))
  return [...slots].map(([name, what]) => `${code(`<${name}>`)} is ${what}`)
}

/** The note of a path and how it was found; the end of a path may have a note for many. */
export function noteFor(path: string): { readonly key: string; readonly meaning: string; readonly absent: string } {
  const parts = path.split('.')
  for (let from = 0; from < parts.length; from++) {
    const key = parts.slice(from).join('.')
    const note = notes[key]
    if (note !== undefined) {
      const [meaning = '', absent = ''] = note.split(' | ')
      return { key, meaning, absent }
    }
  }
  return { key: '', meaning: '', absent: '' }
}

type Row = {
  readonly path: string
  readonly label: string
  readonly shape: Shape
  readonly must: boolean
  readonly oneOf: readonly string[]
}
/** The keys of a shape, each with those inside it below. */
export function rowsOf(path: string, label: string, shape: Shape, leaveOut: readonly string[] = []): readonly Row[] {
  const within = (s: Shape): Shape | null =>
    s.kind === 'fields'
      ? s
      : s.kind === 'list'
        ? within(s.item)
        : s.kind === 'table'
          ? within(s.value)
          : s.kind === 'either'
            ? (s.of.map(within).find((x) => x !== null) ?? null)
            : null
  const map = within(shape)
  if (map?.kind !== 'fields') return []
  const keys = (shapes: Shapes, must: boolean): readonly Row[] =>
    Object.entries(shapes)
      .filter(([key]) => !leaveOut.includes(key))
      .flatMap(([key, s]) => {
        const oneOf = map.either.find((group) => group.includes(key)) ?? []
        const row = { path: `${path}.${key}`, label: `${label}${key}`, shape: s, must, oneOf }
        return [row, ...rowsOf(row.path, `${row.label}.`, s)]
      })
  return [...keys(map.required, true), ...keys(map.optional, false)]
}

function table(rows: readonly Row[]): string {
  const cells = rows.map(({ path, label, shape, must, oneOf }) => {
    const { meaning, absent } = noteFor(path)
    const left = must ? 'must stand' : oneOf.length > 0 ? `exactly one of ${oneOf.map(code).join(', ')} stands` : absent
    const value = [valueOf(shape), ...slotsOf(shape)].join('; ')
    return `| ${code(label)} | ${meaning} | ${value.replaceAll('|', '\\|')} | ${left} |`
  })
  return ['| key | what it says | value | left out |', '| --- | --- | --- | --- |', ...cells].join('\n')
}

/** A rule as somebody would write it. */
function exampleOf(kind: string, book: Rulebook): string {
  const found = book.provisions.find((p) => p.rule.kind === kind)
  return found === undefined ? '' : (book.clauses.get(found.clause)?.block?.source ?? '')
}

/** The line of a stage in a procedure of the examples, as it is written there. */
function stageExample(kind: string, book: Rulebook): string {
  const blocks = book.provisions
    .filter((p) => p.rule.kind === 'procedure')
    .map((p) => book.clauses.get(p.clause)?.block?.source ?? '')
  return (
    blocks
      .flatMap((source) => source.split('\n'))
      .find((line) => line.startsWith(`  ${kind}: {`))
      ?.trim() ?? ''
  )
}

const fenced = (text: string): string => (text === '' ? '' : `\n\`\`\`yaml\n${text.trimEnd()}\n\`\`\`\n`)
const common = ['do', 'with', 'after', 'then', 'when', 'skip-if', 'at-most']

/** The reference of every kind, key, value and what its absence means, as a Markdown page; examples come from the rulebook given. */
export function referencePage(book: Rulebook): string {
  const kinds = ruleKinds.map((kind) => {
    const { shape } = ruleCodecs[kind]
    return `## ${kind}\n\n${kindNotes[kind] ?? ''}\n\n${table(rowsOf(kind, '', shape))}\n${fenced(exampleOf(kind, book))}`
  })
  const { shape } = ruleCodecs.procedure
  const stages = shape.kind === 'fields' ? shape.required['stages'] : undefined
  const own = stages?.kind === 'stages' ? Object.entries(stages.kinds) : []
  const shared = rowsOf('stage', '', own[0]?.[1] ?? { kind: 'word', words: [] }).filter((row) => common.includes(row.label))
  const stageParts = own.map(([kind, s]) => {
    const [about = '', outcomes = ''] = stageNotes[kind] ?? []
    return `### ${kind}\n\n${about} Outcomes: ${outcomes}.\n\n${table(rowsOf(`procedure.stages.${kind}`, '', s, common))}\n${fenced(stageExample(kind, book))}`
  })
  return [
    '# Rulebook: every kind and key\n\nMade from the schema that reads rulebooks; the last column says what it means that a key is left out, or that it must stand. Any value may be `unknown` or hold readings. The\n[JSON Schema](../spec/schema/rulebook-block.json) of a block says the same to a program.\n',
    '\nEvery kind may also carry `names` (what words call its id: `en: {one, many, the}` and `cy` with the mutations), `terms` (the same for the ids inside it) and `basis` (`known`, `inferred`, `unknown` or `ours`: where each field was found).\n',
    ...kinds.map((text) => `\n${text}`),
    `\n## Stages\n\nKeys every stage may have:\n\n${table(shared)}\n`,
    ...stageParts.map((text) => `\n${text}`),
  ].join('')
}
