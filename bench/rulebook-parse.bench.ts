import { readFileSync } from 'node:fs'
import { lint, parseRulebook } from '@quorate/rulebook'
import { parseDocument } from 'yaml'
import type { Bench } from '../tools/measure.ts'

const lantern = readFileSync(new URL('../rulebooks/lantern.md', import.meta.url), 'utf8')
/** Kinds that stand once in a rulebook, and so in its first part alone. */
const once = /^kind: (?:calendar|standing|transition|validity|genesis|interest|superior|dissolution|service)$/m

/** Lantern's clauses over again under other numbers and other ids, until there are so many. */
function rulebookOf(clausesMin: number): string {
  const clauses = lantern.split(/^(?=#{2,6} \d)/m).slice(1)
  const ids = [...lantern.matchAll(/^id: ([a-z-]+)$/gm)].map((m) => m[1] ?? '').filter((id) => id !== 'notice')
  const any = new RegExp(
    `(?<![a-z-]|kind: |act: |effect: |adopted |removal of |at |this )(?:${ids.toSorted((a, b) => b.length - a.length).join('|')})(?![a-z-]|:| sitting| open)`,
    'g',
  )
  const out = [...clauses]
  for (let part = 1; out.length < clausesMin; part++)
    for (const clause of clauses) {
      if (once.test(clause)) continue
      const [title = '', ...rest] = clause.split('\n')
      const body = rest
        .join('\n')
        .replace(any, (id) => `${id}-${part}`)
        .replace(/^guards: .*$/m, (line) => line.replace(/\d+/g, (n) => String(100 * part + Number(n))))
        .replace(/breaks 5/, `breaks ${100 * part + 5}`)
      out.push([title.replace(/\d+/, (n) => String(100 * part + Number(n))), body].join('\n'))
    }
  return ['# Many clauses\n\n', ...out.slice(0, clausesMin)].join('')
}

/** Parsing and linting a long rulebook, beside its YAML alone. */
export default function rulebookParseBench(): Bench {
  const text = rulebookOf(200)
  const blocks = [...text.matchAll(/^```rule\n([^]*?)\n```$/gm)].map((m) => m[1] ?? '')
  const read = parseRulebook(text, 1 as Parameters<typeof parseRulebook>[1])
  if (read.kind === 'fail') throw new Error(JSON.stringify(read.error[0]))
  const rulebook = read.value
  return {
    title: 'Rulebook: parse and lint',
    about: `A rulebook of ${rulebook.clauses.size} clauses, ${rulebook.provisions.length} of them rules, in ${text.length} characters: Lantern's own, repeated under other ids. The goal is less than 50 ms for both together, so that an editor answers between two key strokes. Beside it the package \`yaml\` reads the same blocks as a general document.`,
    cases: [
      {
        name: 'yaml alone: parseDocument on every block',
        operations: 1,
        run: () => blocks.map((block) => parseDocument(block, { schema: 'failsafe' })),
      },
      { name: 'parseRulebook', operations: 1, run: () => parseRulebook(text, rulebook.edition) },
      {
        name: 'parseRulebook and lint',
        operations: 1,
        run: () => {
          const again = parseRulebook(text, rulebook.edition)
          return again.kind === 'ok' ? lint(again.value) : []
        },
      },
    ],
  }
}
