import { globSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { rulebookOf } from '../../test/blocks.ts'
import { clause, lantern, lanternText, parsed } from '../../test/lantern.ts'
import type { Rulebook } from '../index.ts'
import { awaitingReader, words, wordsDiagnostics, type WordsLocale } from './words.ts'

const said = (rulebook: Rulebook, id: string, locale: WordsLocale = 'cy'): string => words(rulebook, clause(id), locale) ?? ''
const whole = (locale: WordsLocale): string =>
  lantern.provisions.map((p) => `${p.clause}\n${said(lantern, p.clause, locale)}\n`).join('\n')
const tokens = (text: string): readonly string[] => text.toLowerCase().match(/\p{L}{2,}/gu) ?? []

describe('operative words in Welsh', () => {
  it.each(['en', 'cy'] as const)('says all of Lantern as the golden file has it (%s)', async (locale) => {
    await expect(whole(locale)).toMatchFileSnapshot(`../../test/golden/lantern.${locale}.txt`)
  })

  it('says an electorate as lettered conditions', () => {
    expect(said(lantern, '2.2')).toBe(`(1) Yr aelodau yw pawb sy’n bodloni pob un o’r amodau hyn:
  (a) bod â statws gweithredol;
  (b) bod o ddosbarth aelod;
  (c) bod yn 14 oed neu’n hŷn;
  (d) bod wedi ymuno erbyn 28 niwrnod cyn y dyddiad cymhwyso.
(2) Bernir hyn yn ôl y sefyllfa adeg yr hysbysiad, sef y dyddiad cymhwyso. Mae tystiolaeth ddiweddarach yn cyfrif os yw wedi’i dyddio erbyn y dyddiad cymhwyso ac wedi’i gwirio erbyn agor y bleidlais.`)
  })

  it('keeps sentences to 30 words', () => {
    for (const sentence of whole('cy').split(/[.;:](?:\s|$)/))
      expect(sentence.split(/\s+/).length, sentence).toBeLessThanOrEqual(30)
  })

  it('leaves no English word in Lantern', () => {
    const source = new URL('./en/', import.meta.url)
    const templates = readdirSync(source).map((file) => readFileSync(new URL(file, source), 'utf8').replace(/^import.*$/gm, ''))
    const literals = templates.flatMap((text) => [...text.matchAll(/'([^'\n]*)'|`([^`]*)`/g)].map((m) => m[1] ?? m[2] ?? ''))
    const english = new Set([...tokens(literals.join(' ').replace(/\$\{[^}]*\}/g, ' ')), ...tokens(whole('en'))])
    expect(english.size).toBeGreaterThan(400)
    // Proper names, and words both languages spell alike.
    const both = new Set(['europe', 'london', 'schulze', 'post', 'person', 'agenda', 'panel', 'at', 'law', 'ers'])
    expect(tokens(whole('cy')).filter((word) => english.has(word) && !both.has(word))).toEqual([])
  })

  it('awaits a native reader’s sign-off', () => {
    expect(awaitingReader).toEqual(['cy'])
  })
})

describe('names', () => {
  const office = (names: string): Rulebook =>
    parsed(
      rulebookOf(
        `kind: body\nid: board\nseats: [{id: main, count: 3}]\nquorum: present at least 2 seats\ndecides: {pass: [yes more than 1/2 of seats], tie: falls}\n${names}`,
        'kind: power\nact: spend\nholder: [clerk, board]\nlimits: {up-to: 5 GBP}',
        'kind: office\nid: clerk\nholders: 1\nfilled: appointed by board\nterm: 1 year\nremoved: board by at least 2 people',
      ),
    )
  const faults = (rulebook: Rulebook) => wordsDiagnostics(rulebook, 'cy').map((d) => `${String(d.clause)} ${d.code} ${d.text}`)

  it('are complete in Lantern', () => {
    expect(faults(lantern)).toEqual([])
    expect(whole('cy')).not.toMatch(/[[\]]/)
  })

  const shipped = new URL('../../../../rulebooks/', import.meta.url)
  it.each(globSync('**/*.md', { cwd: fileURLToPath(shipped) }).toSorted())('are complete in %s', (file) => {
    expect(faults(parsed(readFileSync(new URL(file, shipped), 'utf8')))).toEqual([])
  })

  it('of an appeal or a meeting stand with their article where time is reckoned from them', () => {
    expect(said(lantern, '6.6')).toContain('Daw i rym ar ddiwedd yr apêl i’r panel')
  })

  it('stand as the id in square brackets where a rulebook gives none, and each is reported', () => {
    const rulebook = office('')
    expect(said(rulebook, '3')).toBe('Caiff [clerk] neu [board] wario arian. At ei gilydd mae’n cwmpasu hyd at £5.')
    expect(faults(rulebook)).toContain('3 R0501 clerk: the')
    expect(faults(rulebook)).toContain('3 R0501 board: the')
    expect(faults(rulebook)).toContain('2 R0501 main: one')
    expect(faults(rulebook)).toContain('2 R0501 board: gender')
    expect(wordsDiagnostics(rulebook, 'en')).toEqual([])
    const first = wordsDiagnostics(rulebook, 'cy').find((d) => d.text === 'main: one')
    expect(first).toMatchObject({ clause: '2', line: 10, help: 'names: {cy: {one: …}} for main' })
  })

  it('are mutated by their stored forms and never by guess', () => {
    const named = 'one: bwrdd, many: byrddau, the: bwrdd y dref, gender: m'
    const terms = 'terms: {main: {cy: {one: prif}}, clerk: {cy: {the: y clerc}}}'
    const bare = office(`names: {cy: {${named}}}\n${terms}`)
    expect(said(bare, '3')).toContain('Caiff y clerc neu [bwrdd] y dref wario arian')
    expect(faults(bare)).toContain('3 R0501 board: soft')
    const full = office(`names: {cy: {${named}, soft: fwrdd}}\n${terms}`)
    expect(said(full, '3')).toContain('Caiff y clerc neu fwrdd y dref wario arian')
    expect(faults(full)).toEqual([])
  })

  it('know he from she', () => {
    const board = (gender: string): string =>
      said(office(`names: {cy: {one: siambr, the: y siambr, gender: ${gender}, soft: siambr}}`), '2')
    expect(board('f')).toContain('Mae ganddi gworwm')
    expect(board('f')).toContain('Mae ganddi 3 o seddi')
    expect(board('m')).toContain('Mae ganddo gworwm')
    expect(faults(office('names: {cy: {one: siambr, the: y siambr, gender: x}}'))).toContain('2 R0501 board: gender')
  })

  it('of two rules must differ', () => {
    const twice = parsed(lanternText.replace('the: y panel, gender', 'the: y pwyllgor, gender'))
    expect(faults(twice)).toEqual(['3.3 R0502 panel: y pwyllgor'])
  })

  it('of a part come from the block that says it before any other', () => {
    // The service of 1.2 is called `notice` too; as a ground it is what 4.2 names.
    expect(said(lantern, '1.2')).toContain('“cyflwyno hysbysiadau”')
    expect(said(lantern, '7.2')).toContain('Y seiliau yw: “hysbysiad”,')
  })
})
