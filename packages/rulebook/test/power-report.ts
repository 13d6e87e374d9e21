import { alone, aloneInWords, analyse, factsInWords, story, type AnalyseFacts, type Path, type Rulebook } from '../src/index.ts'

const told = (rulebook: Rulebook, path: Path): readonly string[] => {
  const s = story(rulebook, path, 'en')
  return [
    s.cost,
    '',
    ...s.steps.map((step, i) => `${i + 1}. ${step.text} (${step.clause})`),
    '',
    'Who can stop it:',
    '',
    ...s.stoppers.map((x) => `- ${x.text} (${x.clause})`),
    '',
    `Taken for granted: ${s.assumes.length === 0 ? 'nothing.' : s.assumes.join(' ')} ${s.replay}`,
    '',
  ]
}

/** What an analysis says of a rulebook, as a page: could this body do it without everyone else, and the shortest ways to some powers. */
export function powerReport(
  title: string,
  rulebook: Rulebook,
  facts: AnalyseFacts,
  body: string,
  tell: readonly string[],
): string {
  const analysis = analyse(rulebook, facts)
  const answers = alone(rulebook, analysis, body)
  const lines = [
    `# ${title}`,
    '',
    'Written by the analyser and compared by a test whenever it runs; what it takes for granted stands first.',
    '',
    ...factsInWords(rulebook, facts, 'en').map((f) => `- ${f}`),
    '',
    `## Could the ${body} do this without us?`,
    '',
    ...answers.map((a) => `- **${a.power}${a.tier === null ? '' : `, ${a.tier}`}**: ${aloneInWords(rulebook, a, 'en')}`),
    '',
  ]
  for (const answer of analysis.powers.filter((p) => tell.includes(p.tier ?? p.power))) {
    lines.push(`## ${answer.power}${answer.tier === null ? '' : `, ${answer.tier}`}`, '')
    if (answer.least !== null)
      lines.push(
        answer.exact ? 'Nobody can do it with less.' : `At least ${answer.least.people} people; the figures below are bounds.`,
        '',
      )
    for (const [i, path] of answer.front.entries())
      lines.push(
        `### Way ${i + 1}: ${[answer.power, answer.tier].filter((x) => x !== null).join(', ')}`,
        '',
        ...told(rulebook, path),
      )
  }
  return `${lines.join('\n').replace(/\n+$/, '')}\n`
}
