// The file of quota rules that `count` and `check-count` take.
import type { Box, Constraints } from '@quorate/counting'
import { fail, type Result } from '@quorate/kernel'

/** The quota rules of a file over the candidates of a box. Fails with what is wrong and where, in a language. */
export async function boundsFrom(path: string, box: Box, language: 'en' | 'cy' = 'en'): Promise<Result<Constraints, string>> {
  const { constraintsFrom, parseQuotaRules, quotaRulesFaultText } = await import('@quorate/counting')
  const { readFile: read } = await import('node:fs/promises')
  const { readingFault } = await import('./reading.ts')
  let text: string
  try {
    text = await read(path, 'utf8')
  } catch (e) {
    return fail(`cannot read ${path}: ${readingFault(e)}`)
  }
  if (box.kind !== 'rankings') return fail('quota rules belong to papers that rank candidates')
  const rules = parseQuotaRules(text)
  const found = rules.kind === 'ok' ? constraintsFrom(rules.value, box.profile) : rules
  return found.kind === 'ok'
    ? found
    : fail(`${path}:${found.error.line}:${found.error.column}: ${quotaRulesFaultText(found.error, language)}`)
}
