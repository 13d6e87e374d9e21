import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { drawStratified, lotSeedOfWords, stratifiedText } from '@quorate/counting'
import { heard } from './heard.ts'
import { main } from './main.ts'

const folder = mkdtempSync(join(tmpdir(), 'quorate draw '))
afterAll(() => rmSync(folder, { recursive: true }))

const pool = {
  title: '',
  strata: ['north', 'south'],
  members: [0, 0, 1, 1, 1],
  apportionment: { kind: 'exact', places: [1, 2] },
} as const
const seed = lotSeedOfWords('a wet Tuesday')
const draw = drawStratified(pool, seed)
const text = draw.kind === 'ok' ? stratifiedText(pool, draw.value, seed) : ''
const panel = draw.kind === 'ok' ? draw.value.panel : []

async function run(source: string, words: readonly string[] = []) {
  const file = join(folder, 'draw.json')
  writeFileSync(file, source)
  const { io, out, err } = heard()
  const code = await main(['check-draw', file, ...words], io)
  return { code, out: out(), err: err() }
}

describe('quorate check-draw', () => {
  it('says who was drawn when the draw holds', async () => {
    const holds = { code: 0, out: `The draw holds. Drawn, by number on the roll from 0: ${panel.join(', ')}.\n`, err: '' }
    expect(await run(text)).toEqual(holds)
    expect(await run(`${text}\n`, ['--lot-seed', 'a wet Tuesday'])).toEqual(holds)
    expect(JSON.parse((await run(text, ['--json'])).out)).toEqual({ holds: true, panel })
  })
  it('names the first field that is wrong', async () => {
    const changed = await run(text.replace('"places":1', '"places":2'))
    expect([changed.code, changed.out]).toEqual([
      1,
      expect.stringMatching(/^The draw does not hold\.\n {2}field {5}\/draw\/strata\/0\/places\n/),
    ])
    expect((await run(text, ['--lot-seed', 'another day'])).code).toBe(1)
    expect((await run(text, ['--seed', '0'.repeat(64), '--json'])).out).toContain('"holds":false')
  })
  it('refuses what it cannot read, and words it does not know', async () => {
    const { io, err } = heard()
    expect(await main(['check-draw', join(folder, 'none.json')], io)).toBe(1)
    expect(err()).toContain('cannot read')
    for (const words of [['more'], ['--seed', 'x'], ['--seed', '0'.repeat(64), '--lot-seed', 'y'], ['--what']])
      expect((await run(text, words)).code).toBe(2)
    expect(await main(['check-draw'], heard().io)).toBe(2)
  })
})
