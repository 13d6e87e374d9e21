import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { root } from '../tools/build.ts'

const page = readFileSync(join(root, 'docs/tutorial/write-your-rulebook.md'), 'utf8')
/** The fenced blocks of the page in order: what goes into the file, what is typed, what is printed. */
const blocks = [...page.matchAll(/^(`{3,4})(markdown|sh|text)\n(.*?)^\1$/gms)].map((m) => ({ kind: m[2], text: m[3] ?? '' }))

/** The clauses of a text, each from its numbered heading on; what stands before the first has no number. */
const clausesOf = (text: string): readonly { readonly id: string; readonly source: string }[] =>
  text.split(/^(?=#{2,6} \d)/m).map((source) => ({ id: /^#+ ([\d.]+)/.exec(source)?.[1] ?? '', source }))

/** The file with more clauses: one whose number stands already takes its place, another goes behind the last of its chapter or to the end. */
function withClauses(file: string, more: string): string {
  const clauses = [...clausesOf(file)].filter((c) => c.source !== '')
  for (const clause of clausesOf(more)) {
    if (clause.source.trim() === '') continue
    const at = clauses.findIndex((c) => c.id === clause.id)
    const chapter = clause.id.split('.')[0] ?? ''
    const last = clauses.findLastIndex((c) => c.id === chapter || c.id.startsWith(`${chapter}.`))
    if (at >= 0) clauses[at] = clause
    else if (last >= 0) clauses.splice(last + 1, 0, clause)
    else clauses.push(clause)
  }
  return clauses.map((c) => (c.source.endsWith('\n') ? c.source : `${c.source}\n`)).join('')
}

const folder = mkdtempSync(join(tmpdir(), 'tutorial-'))
const file = join(folder, 'rules.md')
afterAll(() => rmSync(folder, { recursive: true }))

describe('the tutorial, word by word', () => {
  test('has steps of every kind', () => {
    for (const kind of ['markdown', 'sh', 'text']) expect(blocks.filter((b) => b.kind === kind).length).toBeGreaterThan(3)
    expect(blocks.filter((b) => b.kind === 'sh').length).toBe(blocks.filter((b) => b.kind === 'text').length)
  })

  test('every command prints what the page says, and the last lint finds nothing', () => {
    let text = ''
    let printed = ''
    const lints: string[] = []
    for (const block of blocks) {
      if (block.kind === 'markdown') {
        text = withClauses(text, block.text)
        writeFileSync(file, text)
      } else if (block.kind === 'sh') {
        const [npx, quorate, ...words] = block.text.trim().split(' ')
        expect([npx, quorate]).toEqual(['npx', 'quorate'])
        const ran = spawnSync(process.execPath, [join(root, 'app/cli/main.ts'), ...words], { cwd: folder, encoding: 'utf8' })
        printed = ran.stdout.replaceAll(/\s+/g, ' ')
        expect(ran.stderr, block.text).toBe('')
        if (words[1] === 'lint') lints.push(ran.stdout)
      } else for (const line of block.text.trim().split('\n')) expect(printed).toContain(line)
    }
    expect(lints.at(-1)).toContain('nothing found')
    const second = lints[1]?.match(/^(?:error|warning)\[[a-z-]+\]/gm)
    expect(second?.toSorted()).toEqual(['error[adoption-on-a-tie]', 'error[deadline-before-notice]'])
  }, 120_000)
})
