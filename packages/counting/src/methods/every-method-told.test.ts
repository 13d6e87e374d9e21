import { canonicalJson } from '@quorate/kernel'
import { describe, expect, it } from 'vitest'
import { wardBounds, wards, type Case } from '../../testing/boxes.ts'
import { casesFor, choicesOf } from '../../testing/chosen.ts'
import { accountInShort, accountText } from '../../testing/told.ts'
import {
  accountCsv,
  accountJson,
  accountOf,
  accountSvg,
  counterOf,
  countMethods,
  english,
  subjectOf,
  welsh,
  type Count,
  type CountFailure,
  type CountMethod,
} from '../index.ts'

// Every method there is, chosen by name, on small boxes: its whole account in both languages and its files, and in short what every other
// value of its open points changes. The golden files are to be read: figures are small enough to work out by hand.

const golden = (name: string): string => `../../testing/golden/methods/${name}`
const valuesText = (given: ReadonlyMap<string, string>): string => [...given].map(([name, value]) => `${name}=${value}`).join(' ')
const failureText = (failure: CountFailure): string => `no count: ${JSON.stringify(failure)}`

function counted(method: CountMethod, given: ReadonlyMap<string, string>, { box, lot }: Case): Count | string {
  const ready = counterOf(method.id, given)
  if (ready.kind === 'fail') throw new Error(`${method.id}: ${JSON.stringify(ready.error)}`)
  const count = ready.value.count(box, lot)
  return count.kind === 'ok' ? count.value : failureText(count.error)
}

describe.each(countMethods.map((method) => [method.id.replace('@', '-'), method] as const))('%s', (name, method) => {
  const [first = new Map<string, string>(), ...others] = choicesOf(method)
  it.each(['en', 'cy'] as const)('told in full (%s)', async (language) => {
    const words = language === 'en' ? english : welsh
    const all = casesFor(method)
    const texts = (language === 'en' ? all : all.slice(0, 3)).map((one) => {
      const count = counted(method, first, one)
      return typeof count === 'string' ? `${count}\n` : accountText(accountOf(count, subjectOf(one.box), words))
    })
    await expect(texts.join('\n')).toMatchFileSnapshot(golden(`${name}.${language}.txt`))
  })
  if (others.length > 0)
    it('each other value of its open points', async () => {
      const texts = others.flatMap((given) =>
        casesFor(method)
          .slice(0, 3)
          .map((one) => {
            const count = counted(method, given, one)
            const text = typeof count === 'string' ? count : accountInShort(accountOf(count, subjectOf(one.box), english))
            return `${valuesText(given)}\n  ${one.name}: ${text}\n`
          }),
      )
      await expect(texts.join('')).toMatchFileSnapshot(golden(`${name}.values.txt`))
    })
  // One rule for committees stands for all: their files are made alike.
  if (method.family !== 'approvals' || method.id === 'sequential-pav@1')
    it('as CSV, JSON and a drawing', async () => {
      const files = casesFor(method)
        .slice(0, 3)
        .map((one): string => {
          const count = counted(method, first, one)
          if (typeof count === 'string') return count
          const subject = subjectOf(one.box)
          const json = canonicalJson(accountJson(count, subject, english)).replaceAll(/,"/g, ',\n"')
          return [accountCsv(count, subject, english), json, accountSvg(count, subject, welsh)].join('\n')
        })
      await expect(files.join('\n').replaceAll('\r\n', '␍\n')).toMatchFileSnapshot(golden(`${name}.files.txt`))
    })
  it('without a lot: the same, or whom the lot is needed for', async () => {
    const texts = casesFor(method).map((one) => {
      const count = counted(method, first, { ...one, lot: null })
      return `${one.name}: ${typeof count === 'string' ? count : accountOf(count, subjectOf(one.box), english).headline}\n`
    })
    await expect(texts.join('')).toMatchFileSnapshot(golden(`${name}.no-lot.txt`))
  })
})

describe('under bounds on who may be elected together', () => {
  const [ward] = wards
  const transferable = countMethods.filter(({ family }) => family === 'stv')
  const bounded = transferable.flatMap((method) => {
    const ready = counterOf(method.id, choicesOf(method)[0] ?? new Map())
    return ready.kind === 'ok' && ready.value.bounded !== null ? [{ id: method.id, count: ready.value.bounded }] : []
  })
  it('are all transferable votes but instant runoff, which fills one place', () => {
    expect(bounded.map(({ id }) => id)).toEqual(['scottish-stv@1', 'nz-meek@1', 'meek-reference@1', 'ers97@1'])
  })
  it.each(bounded)('$id: who is doomed and guarded, in both languages', async ({ id, count }) => {
    if (ward === undefined) throw new Error('there is a ward')
    const made = count(ward.box, wardBounds, ward.lot)
    if (made.kind === 'fail') throw new Error(failureText(made.error))
    const texts = [english, welsh].map((words) => accountText(accountOf(made.value, subjectOf(ward.box), words)))
    await expect(texts.join('\n')).toMatchFileSnapshot(golden(`bounded-${id.replace('@', '-')}.txt`))
  })
  it.each(bounded)('$id: why there is no count', ({ count }) => {
    if (ward === undefined) throw new Error('there is a ward')
    const [women] = wardBounds
    if (women === undefined) throw new Error('there is a bound')
    const failed = (bounds: typeof wardBounds, lot = ward.lot) => {
      const made = count(ward.box, bounds, lot)
      return made.kind === 'fail' ? made.error : made.value.kind
    }
    expect(failed([{ ...women, least: 4 }])).toEqual({
      kind: 'bounds cannot be kept',
      texts: {
        en: 'The bounds cannot be kept: at least 4 of “women” must be elected, and there are 3 (4.2).',
        cy: 'Ni ellir cadw’r terfynau: ni ellid cadw hyn fel arall: o leiaf 4 o “women” (4.2).',
      },
    })
    expect(failed([{ ...women, name: '' }])).toEqual({ kind: 'bad bounds', what: 'bad name' })
    expect(failed(wardBounds, [0, 0])).toEqual({ kind: 'bad lot order' })
    const grades = {
      kind: 'grades',
      profile: { title: '', candidates: [], seats: 1, scale: { lowest: 0, highest: 1 }, papers: [] },
    } as const
    expect(count(grades, [], null)).toEqual({ kind: 'fail', error: { kind: 'other papers', needs: 'rankings', found: 'grades' } })
  })
})
