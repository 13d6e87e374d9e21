import { countScottish } from '@quorate/counting'
import { expect, it } from 'vitest'
import { fifeWards, whyAbsent } from '../../packages/counting/testing/official.ts'
import { throughTheBox } from './encrypted-ward.ts'

/** Every n-th line of the ballot file, so that a part is spread over the ward: some 150 papers. */
const part = 30

it.skipIf(whyAbsent !== '')(
  `papers of a Fife ward, cast encrypted, shuffled twice and opened, count like the papers themselves${whyAbsent}`,
  () => {
    const [ward] = fifeWards()
    if (ward === undefined) throw new Error('a ward')
    const papers = ward.profile.papers.map(({ ranking, weight }) => ({ ranking, weight: Math.ceil(weight / part) })).slice(0, 150)
    const some = { ...ward.profile, papers }
    const { profile, spoiled, verified } = throughTheBox(some)
    expect(spoiled).toBe(0)
    expect(verified.shuffles).toMatchObject({ owners: [1, 3], areEnded: true })
    expect(profile.papers.length).toBe(papers.reduce((sum, { weight }) => sum + weight, 0))
    const [plain, opened] = [some, profile].map((each) => countScottish(each, null))
    expect(opened?.kind === 'ok' && opened.value.stages).toEqual(plain?.kind === 'ok' && plain.value.stages)
    expect(opened?.kind === 'ok' && opened.value.stages.length).toBeGreaterThan(2)
  },
)
