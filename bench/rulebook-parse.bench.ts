import { lint, parseRulebook } from '@quorate/rulebook'
import { parseDocument } from 'yaml'
import type { Bench } from '../tools/measure.ts'
import { rulebookOf } from './long-rulebook.ts'

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
