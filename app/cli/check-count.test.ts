import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { certificateOf, countScottish, lotOrder, lotSeedOfWords, parseBlt } from '@quorate/counting'
import { heard } from './heard.ts'
import { main } from './main.ts'

const folder = mkdtempSync(join(tmpdir(), 'quorate certificate '))
afterAll(() => rmSync(folder, { recursive: true }))
const blt = '4 2\n10 1 2 0\n4 2 0\n3 3 0\n3 4 0\n0\n"Amara"\n"Bethan"\n"Cerys"\n"Dev"\n"Ward"\n'

const seed = lotSeedOfWords('a wet Tuesday')
function certificate(): string {
  const parsed = parseBlt(blt)
  if (parsed.kind === 'fail') throw new Error('the file is a ballot file')
  const { profile } = parsed.value
  const count = countScottish(profile, lotOrder(seed, 4))
  if (count.kind === 'fail') throw new Error(count.error.kind)
  return certificateOf(count.value, profile, seed)
}

async function run(text: string, words: readonly string[] = []) {
  const [ballots, file] = [join(folder, 'ward.blt'), join(folder, 'certificate.json')]
  writeFileSync(ballots, blt)
  writeFileSync(file, text)
  const { io, out, err } = heard()
  const code = await main(['check-count', ballots, file, ...words], io)
  return { code, out: out(), err: err().replaceAll(`${folder}/`, '') }
}

describe('quorate check-count', () => {
  it('says who was elected when the certificate holds, with or without a line feed at its end', async () => {
    const holds = { code: 0, out: 'The certificate holds. Elected: Amara, Bethan.\n', err: '' }
    expect(await run(certificate())).toEqual(holds)
    expect(await run(`${certificate()}\n`, ['--lot-seed', 'a wet Tuesday'])).toEqual(holds)
  })
  it('names stage, clause and field of the first thing that is wrong', async () => {
    expect(await run(certificate().replace('"lost":"0.00000"', '"lost":"0.00001"'))).toEqual({
      code: 1,
      out: `The certificate does not hold at stage 1, clause 45.
  field     /lost
  must say  "0.00000"
  says      "0.00001"
`.replace('/lost', '/stages/0/lost'),
      err: '',
    })
    const json = await run(certificate(), ['--json', '--seats', '1'])
    expect([json.code, JSON.parse(json.out)]).toMatchObject([1, { holds: false, stage: null, field: '/seats' }])
    expect((await run(certificate(), ['--lot-seed', 'another day'])).out).toContain('/lot/')
  })
  it('refuses what it cannot read, and words it does not know', async () => {
    const { io, err } = heard()
    expect(await main(['check-count', join(folder, 'ward.blt'), join(folder, 'none.json')], io)).toBe(1)
    expect(err()).toContain('cannot read')
    expect((await run('{}')).code).toBe(1)
    expect((await run(certificate(), ['more'])).code).toBe(2)
    expect((await run(certificate(), ['--seats', 'many'])).code).toBe(2)
    const bare = heard()
    expect(await main(['check-count'], bare.io)).toBe(2)
  })
})
