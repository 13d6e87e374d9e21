import type { Quantity, Verdict } from '@quorate/verifier'
import { h, type Child } from '../../booth/src/dom.ts'
import type { About } from './protocol.ts'
import { tagOf, words, type Locale, type Words } from './words.ts'

type Check = Verdict['checks'][number]
type Voice = { readonly t: Words; readonly tag: string; readonly number: (n: number) => string }

const voiceOf = (locale: Locale): Voice => {
  const tag = tagOf(locale)
  return { t: words[locale], tag, number: (n) => n.toLocaleString(tag) }
}

function figure({ t, number }: Voice, { name, count }: Quantity): string {
  const [one, many] = t.figure[name] ?? [name, name]
  return `${number(count)} ${count === 1 ? one : many}`
}

/** The checks whose names make up the sentence of what was done again. */
const told = ['log', 'rules', 'notice', 'roll', 'ballots', 'count'] as const

function sentence(voice: Voice, verdict: Verdict): string {
  const { t, tag, number } = voice
  if (verdict.verdict === 'fails') return verdict.fault === null ? '' : t.fault[verdict.fault.code]
  if (verdict.verdict === 'holds-in-part') {
    const left = verdict.checks.find(({ name }) => name === 'completeness')
    const count = left?.state === 'not-checked' ? (left.detail[0]?.count ?? 0) : 0
    return t.inPart(figure(voice, { name: 'entries', count }))
  }
  const parts = told.flatMap((name) => {
    const check = verdict.checks.find((c) => c.name === name)
    if (check?.state !== 'passed') return []
    const ballots = name === 'ballots' ? check.detail.find((d) => d.name === 'ballots') : undefined
    return [ballots === undefined ? t.check[name] : figure(voice, ballots)]
  })
  const list = new Intl.ListFormat(tag, { type: 'conjunction' }).format(parts)
  const unfinished = verdict.checks.some((c) => c.state === 'not-checked' && c.why === 'not-yet')
  return `${t.holds(number(verdict.decision ?? 0), list)}${unfinished ? ` ${t.unfinished}` : ''}`
}

const fact = (name: string, value: Child): Child => [h('dt', {}, name), h('dd', {}, value)]
// An instant stands on the record as milliseconds; a reader wants to see the day.
const valueText = (value: string): string =>
  /^[12]\d{12}$/.test(value) ? `${value} (${new Date(Number(value)).toISOString().replace('.000', '')})` : value

function faultFacts({ t, number }: Voice, { fault }: Verdict, about: About): Child {
  if (fault === null) return null
  const place =
    fault.entry === null
      ? t.check[fault.check]
      : `${t.entry(number(fault.entry))}${about.typeAtFault === '' ? '' : ` (${about.typeAtFault})`}, ${t.check[fault.check]}`
  return h(
    'dl',
    { class: 'facts' },
    fact(t.where, place),
    fault.clause === null ? null : fact(t.rule, fault.clause),
    fact(t.expected, h('span', { class: 'value' }, valueText(fault.expected))),
    fact(t.found, h('span', { class: 'value' }, valueText(fault.found))),
    fact(t.code, h('code', {}, fault.code)),
  )
}

const signs = { passed: '✓', failed: '✗', 'not-checked': '–' } as const

function checkLine(voice: Voice, check: Check): Child {
  const { t, number } = voice
  const detail = check.state === 'failed' ? [] : check.detail
  const count = (name: string): number => detail.find((d) => d.name === name)?.count ?? 0
  const figures =
    check.name === 'count' && check.state === 'passed'
      ? t.outcome(number(count('for')), number(count('against')))
      : detail.map((d) => figure(voice, d)).join(', ')
  const why = check.state === 'not-checked' ? t.notChecked[check.why] : ''
  return h(
    'li',
    { class: check.state },
    h('span', { class: 'sign', 'aria-hidden': 'true' }, signs[check.state]),
    h(
      'span',
      {},
      h('strong', {}, t.check[check.name]),
      h('span', { class: 'hidden' }, ` ${t.state[check.state]}`),
      why === '' ? null : h('span', { class: 'why' }, ` ${why}`),
      figures === '' ? null : h('span', { class: 'figures' }, ` ${figures}`),
    ),
  )
}

/** The verdict as it is shown: in plain words first, then what is wrong, then every check, and what could not be checked. */
export function verdictView(verdict: Verdict, about: About, file: string, locale: Locale): HTMLElement {
  const voice = voiceOf(locale)
  const { t, number } = voice
  const reached = verdict.checks.filter((c) => c.state !== 'not-checked')
  const unmade = verdict.checks.filter((c) => c.state === 'not-checked' && c.why !== 'earlier-check-failed')
  const rest = verdict.checks.length - reached.length - unmade.length
  const from =
    verdict.origin === null || verdict.size === null
      ? null
      : h('p', { class: 'from' }, t.from(verdict.origin, figure(voice, { name: 'entries', count: verdict.size })))
  return h(
    'section',
    { class: `verdict ${verdict.verdict}`, 'aria-labelledby': 'verdict' },
    h('p', { class: 'file' }, `${t.file}: ${file}`),
    h('h2', { id: 'verdict', tabindex: -1 }, t.verdict[verdict.verdict]),
    h('p', { class: 'sentence' }, sentence(voice, verdict)),
    faultFacts(voice, verdict, about),
    from,
    h('h3', {}, t.checks),
    h('ul', { class: 'checks' }, ...reached.map((check) => checkLine(voice, check))),
    rest === 0 ? null : h('p', {}, t.rest(number(rest))),
    unmade.length === 0
      ? null
      : [h('h3', {}, t.unmade), h('ul', { class: 'checks' }, ...unmade.map((check) => checkLine(voice, check)))],
    about.key === '' ? null : [h('h3', {}, t.ownKey), h('p', { class: 'value' }, h('code', {}, about.key))],
  )
}
