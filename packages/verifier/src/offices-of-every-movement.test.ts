// Every movement has a registrar and trustees, whichever rulebook it starts from: their power is borne out by the record though no rule names the office.
import { readdirSync, readFileSync } from 'node:fs'
import { assert, instant } from '@quorate/kernel'
import { entryOf, officesOfEveryMovement } from '@quorate/record'
import { parseRulebook, type EditionNumber } from '@quorate/rulebook'
import { expect, test } from 'vitest'
import { sha256Hex } from '../testing/log.ts'
import { keepingFault } from './keeping.ts'
import { startReplay } from './replay.ts'

const templates = new URL('../../../rulebooks/templates/', import.meta.url)
const edition = 1 as EditionNumber
const now = instant(1_790_000_000_000)

/** What the verifier has against an office that is granted and ended under a template, and against an erasure in that office. */
function faultsOf(template: string, office: string): readonly unknown[] {
  const text = readFileSync(new URL(template, templates), 'utf8')
  const parsed = parseRulebook(text, edition)
  assert(parsed.kind === 'ok', 'a template is a rulebook')
  const replaying = startReplay()
  replaying.editions.set(edition, { text, rulebook: parsed.value })
  replaying.inForce = edition
  const role = (change: 'granted' | 'ended') =>
    entryOf('role', now, null, { office, holder: sha256Hex('somebody'), change, effectAt: now })
  const erasure = entryOf('erasure', now, null, { by: sha256Hex('somebody').slice(0, 32), as: `office ${office}`, people: 1 })
  return [role('granted'), erasure, role('ended')].map(
    (entry, index) => keepingFault(replaying, { index, entry }, 'a.example')?.found ?? null,
  )
}

test.each(readdirSync(templates).filter((name) => name.endsWith('.md')))('%s', (template) => {
  expect(officesOfEveryMovement).toEqual(['registrar', 'trustee'])
  for (const office of officesOfEveryMovement) expect(faultsOf(template, office)).toEqual([null, null, null])
  expect(faultsOf(template, 'emperor')).toEqual(['office emperor', 'office emperor', 'ended'])
})
