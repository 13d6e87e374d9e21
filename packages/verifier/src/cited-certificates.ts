import { canonicalJson, parseCanonicalJson, type Json, type JsonObject } from '@quorate/kernel'
import { provisionsOf, type Fact } from '@quorate/rulebook'
import { factSaid } from './ballot-stage.ts'
import type { KnownBounds } from './constraint-certificate/bounds-in-a-count.ts'
import { checkCountCertificate } from './count-certificate/check.ts'
import type { CertifiedPapers } from './counted-papers.ts'
import { checkDraw } from './draw/check-draw.ts'
import type { FactCase } from './fact-case.ts'
import { leavesToLot } from './lot.ts'
import { objectOf } from './json-parts.ts'
import { isVotes, openedQuestion, saidOf, type Question } from './opened-question.ts'
import { placesOff, rankingOf } from './paper-count.ts'
import { faultOf, type Fault } from './verdict.ts'

// A fact may cite, as its evidence, a document that shows how it came about: a `count` its count certificate, a `drawn` its draw. Both are followed
// by checkers that share no code with the programs that count and draw. See docs/spec/dossier.md.

/** How certificates call the methods that the rulebook names. Other methods have no certificate. */
const methods: Readonly<Record<string, string>> = {
  'instant-run-off': 'irv@1',
  'scottish-stv': 'scottish-stv@1',
  'nz-meek': 'nz-meek@1',
  'reference-meek': 'meek-reference@1',
  ers97: 'ers97@1',
}

/** A fault of a certificate, named by its field; the act that cites it is the entry at fault. */
const differs = ({ index, clause }: FactCase, code: Fault['code'], expected: string, found: string): Fault =>
  faultOf(code, { entry: index, clause, expected, found })

/** Counts one more statement that was taken without being checked. */
const noteStated = ({ replaying: { stated } }: FactCase, name: string): void => void stated.set(name, (stated.get(name) ?? 0) + 1)

/**
 * The count certificate that a `count` fact cites, followed against the papers that the trustees opened: the rule's method and open points, every stage,
 * and that those elected are those whom the fact calls chosen. Null when it holds, undefined when none is cited. A seed of lots is that of the act's `lot`
 * fact, which must be there where the rule leaves equals to a lot. Bounds are taken as stated where the rulebook has quotas, and so are open points on which
 * the rule is silent.
 */
export function certificateFault(kase: FactCase, fact: Fact): Fault | null | undefined {
  if (fact.evidence === null) return undefined
  const text = kase.evidence.dossier.documents[fact.evidence]
  const opened = openedQuestion(kase)
  if (isElsewhere(kase, text)) return undefined
  const papers = opened === null ? null : papersOf(opened)
  if (text === undefined || opened === null || papers === null)
    return differs(kase, 'evidence-missing', `a count certificate ${fact.evidence}, and papers with ranks`, 'none')
  const { stage } = opened.asked
  const claim = claimIn(text)
  const method = methods[stage.method] ?? `no certificate for ${stage.method}`
  if (claim['method'] !== method) return differs(kase, 'certificate-differs', `/method ${method}`, said(claim['method']))
  const params = objectOf(claim['params'])
  const wrong = Object.entries(paramsOf(opened)).find(([name, value]) => said(params[name]) !== said(value))
  if (wrong !== undefined)
    return differs(kase, 'certificate-differs', `/params/${wrong[0]} ${said(wrong[1])}`, said(params[wrong[0]]))
  const seed = factSaid(kase.facts, 'lot')?.value
  const drawn = typeof seed === 'string' ? seed : undefined
  const checked = checkCountCertificate(papers, text, drawn, knownBounds(kase))
  if (checked.kind === 'fail') {
    const { stage: at, clause, field, expected, found } = checked.error
    const where = [at === null ? [] : `stage ${at}`, clause === null ? [] : `rule ${clause}`].flat().join(', ')
    return differs(kase, 'certificate-differs', `${where === '' ? '' : `${where}: `}${field} ${expected}`, found)
  }
  if (claim['lot'] !== null && drawn === undefined) {
    if (leavesToLot(opened.asked)) return differs(kase, 'lot-differs', 'the lot of the openings', 'none')
    noteStated(kase, 'lot')
  }
  if (claim['constraints'] !== null) noteStated(kase, 'quotas')
  if (Object.keys(params).length > Object.keys(paramsOf(opened)).length) noteStated(kase, 'open-points')
  return outcomeFault(kase, fact, opened, checked.value, Number(claim['valid']))
}

/** Documents of another decision stand in that decision's dossier: here its word is taken. */
const isElsewhere = ({ act, evidence }: FactCase, text: string | undefined): boolean =>
  text === undefined && act.decision !== evidence.dossier.decision && act.kind !== 'movement'

const said = (value: Json | undefined): string => (value === undefined ? 'nothing' : canonicalJson(value))

function claimIn(text: string): JsonObject {
  const json = parseCanonicalJson(text)
  return json.kind === 'ok' ? objectOf(json.value) : {}
}

/** Every ballot counted is a paper; one that names nobody, or not by the ranks 1 to n each once, is an empty one. Null for votes by place. */
function papersOf({ asked, numbers, answers, row }: NonNullable<ReturnType<typeof openedQuestion>>): CertifiedPapers | null {
  if (isVotes(row) && row.length > 0) return null
  if (answers.names.length !== numbers.length) return null
  const papers = (row as readonly (readonly number[])[]).map((ranks) => ({ weight: 1, ranking: rankingOf(ranks) ?? [] }))
  return { candidates: answers.names, withdrawn: placesOff({ asked, numbers }), seats: asked.places, papers }
}

/** What the rule, and papers that rank some from 1 on, leave no choice in. */
function paramsOf({ asked: { stage } }: Question): JsonObject {
  if (stage.method !== 'instant-run-off') return {}
  const majority = stage.counting?.majority
  return {
    maxRanks: 'all',
    undeclared: [],
    ...(majority === undefined ? {} : { majorityOf: majority === 'of all valid' ? 'valid' : 'continuing' }),
  }
}

/** No bounds where no body of the rulebook has a quota; else undefined: which candidate is in which group is not on the record. */
function knownBounds({ replaying: { editions, inForce } }: FactCase): KnownBounds | null | undefined {
  const rulebook = inForce === null ? undefined : editions.get(inForce)?.rulebook
  if (rulebook === undefined) return undefined
  const quotas = provisionsOf(rulebook, 'body').some(({ rule }) => rule.seats.some(({ quota }) => (quota ?? []).length > 0))
  return quotas ? undefined : null
}

/** Whether the fact says of the count what its certificate does. */
function outcomeFault(
  kase: FactCase,
  fact: Fact,
  { numbers, row }: NonNullable<ReturnType<typeof openedQuestion>>,
  elected: readonly number[],
  valid: number,
): Fault | null {
  const blank = (row as readonly (readonly number[])[]).filter((ranks) => ranks.every((rank) => rank === 0)).length
  const is = { chosen: elected.map((candidate) => numbers[candidate] ?? 0).toSorted((a, b) => a - b), valid, blank }
  const told = saidOf(fact)
  const stated = { ...told, chosen: told.chosen.toSorted((a, b) => a - b) }
  if (canonicalJson(is) === canonicalJson(stated)) return null
  return differs(kase, 'fact-differs', canonicalJson(is), canonicalJson(stated))
}

/**
 * The draw that a `drawn` fact cites, with the seed of the act's `seed` fact where there is one. Null when it holds, undefined when none is cited. Who on
 * the roll a number of the panel is, nobody outside can see: that the person is that one stays the register's word, and is counted as stated.
 */
export function drawFault(kase: FactCase, fact: Fact): Fault | null | undefined {
  if (fact.evidence === null) return undefined
  const text = kase.evidence.dossier.documents[fact.evidence]
  if (isElsewhere(kase, text)) return undefined
  if (text === undefined) return differs(kase, 'evidence-missing', `a draw ${fact.evidence}`, 'none')
  const told = kase.facts.find(({ name }) => name === 'seed')?.value
  const seed = typeof told === 'object' && typeof told['seed'] === 'string' ? told['seed'] : undefined
  const checked = checkedDraw(kase, fact.evidence, text, seed)
  if (checked !== null) return differs(kase, 'draw-differs', checked.expected, checked.found)
  noteStated(kase, fact.name)
  return null
}

/** A draw fills many seats: it is followed once. */
function checkedDraw({ replaying: { draws } }: FactCase, fingerprint: string, text: string, seed: string | undefined) {
  const key = `${fingerprint} ${seed ?? ''}`
  const before = draws.get(key)
  if (before !== undefined) return before
  const checked = checkDraw(text, seed)
  const drawn = checked.kind === 'ok' && checked.value.length === 0 ? { path: '/draw', expected: 'a panel', found: 'null' } : null
  const wrong = checked.kind === 'fail' ? checked.error : drawn
  const fault = wrong === null ? null : { expected: `${wrong.path} ${wrong.expected}`, found: wrong.found }
  draws.set(key, fault)
  return fault
}
