import { findingRows, rowOf, type FindingCode } from '../src/lint/codes.ts'

const head = `# The linter

What \`lint\` finds in a rulebook that parses. An **error** blocks activation: the rules cannot come into force, and a proposal that would make one is refused.
A **warning** must be waived on the record by those who ratify: the rule it is about carries \`waives: [code]\`, its words say so, and whoever votes for the
text votes for that. An error cannot be waived. Figures stand in \`{ }\`. The Welsh sentences await a native reader.

This page is written from the table in the source; a test compares the two.
`

const entry = (code: FindingCode): string => {
  const { grade, means, en, cy } = rowOf(code)
  return `## ${code}\n\n**${grade}**. ${means}\n\n- English: ${en}\n- Cymraeg: ${cy}\n`
}

/** The page of the linter's findings, made from their table. */
export const linterReference = (): string => `${head}\n${(Object.keys(findingRows) as FindingCode[]).map(entry).join('\n')}`
