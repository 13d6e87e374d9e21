import { rowOf } from './codes.ts'
import type { Finding } from './finding.ts'

/** Languages that findings are said in. The Welsh awaits a native reader. */
export type FindingLocale = 'en' | 'cy'

/** What was found, as one complete sentence: "“ballot” carries a proposal on equal votes." Names and figures stand in it as they are. */
export function findingSentence(finding: Pick<Finding, 'code' | 'subject' | 'figures'>, locale: FindingLocale): string {
  const values: { readonly [name: string]: string | number } = { ...finding.figures, subject: finding.subject }
  return rowOf(finding.code)[locale].replace(/\{([a-z]+)\}/g, (slot, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : slot,
  )
}
