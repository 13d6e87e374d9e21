import { instant } from '@quorate/kernel'
import {
  analyse,
  cheapestFacts,
  parseRulebook,
  provisionsOf,
  type AnalyseFacts,
  type Analysis,
  type EditionNumber,
  type Rulebook,
} from '@quorate/rulebook'
import type { Bench } from '../tools/measure.ts'
import { rulebookOf } from './long-rulebook.ts'

// 2026-11-21 19:40 in London.
const from = instant(1_795_290_000_000)

function factsFor(rulebook: Rulebook): AnalyseFacts {
  const electorates = Object.fromEntries(provisionsOf(rulebook, 'electorate').map((p) => [p.rule.id, 1180]))
  return { ...cheapestFacts(from), electorates }
}

/** How the answers stand: exact, or a bound with the path found beside it; and how many paths the engine played through. */
function answersOf(analysis: Analysis): string {
  const paths = analysis.powers.flatMap((p) => p.front)
  const exact = analysis.powers.filter((p) => p.exact).length
  const played = paths.filter((p) => p.replay.kind === 'permitted').length
  return `${exact} of ${analysis.powers.length} powers exact, ${played} of ${paths.length} paths played through`
}

/** The shortest coups of a long rulebook, by how many plans are kept for each fact. */
export default function rulebookAnalyseBench(): Bench {
  const read = parseRulebook(rulebookOf(200), 1 as EditionNumber)
  if (read.kind === 'fail') throw new Error(JSON.stringify(read.error[0]))
  const rulebook = read.value
  const facts = factsFor(rulebook)
  const said = [8, 32, 128].map((labels) => `${labels}: ${answersOf(analyse(rulebook, facts, { labels }))}`)
  return {
    title: 'Rulebook: the shortest coup',
    about: `Every power of a rulebook of ${rulebook.clauses.size} clauses, Lantern's own repeated under other ids, with every path on the front played through the engine. The goal is less than 2 s. Plans kept for each fact: ${said.join('; ')}.`,
    cases: [8, 32, 128].map((labels) => ({
      name: `analyse, ${labels} plans kept`,
      operations: 1,
      run: () => analyse(rulebook, facts, { labels }),
    })),
  }
}
