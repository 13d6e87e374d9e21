import type { StageOf } from '../../schema/stages.ts'
import { group, when } from '../en/names.ts'
import { numberOf } from './grammar.ts'

const completionWords = {
  none: 'mae lleoedd sydd dros ben yn aros yn wag',
  utilitarian: 'llenwir lleoedd sydd dros ben yn ôl y budd mwyaf',
  phragmen: 'llenwir lleoedd sydd dros ben yn ôl rheol Phragmén',
  'add one': 'llenwir lleoedd sydd dros ben drwy ychwanegu un',
} as const

/** What the rule settles where the method leaves a choice. */
export function countingWords(c: NonNullable<StageOf<'ballot'>['counting']>): string {
  return group(
    when(c.seats, (n) => `mae’r cyfrif yn llenwi ${numberOf(n, 'sedd', 'seddi')}`),
    when(
      c.choices,
      (n) => `caiff papur pleidleisio enwi ${n === 1 ? '1 dewis' : `hyd at ${numberOf(n, 'dewis', 'ddewisiadau')}`}`,
    ),
    when(c.grades, (n) => `mae’r graddau’n rhedeg o 0 i ${n}`),
    when(c.strength, (v) =>
      v === 'margins' ? 'mesurir trechiad yn ôl y bwlch' : 'mesurir trechiad yn ôl pleidleisiau’r enillydd',
    ),
    when(c.unranked, (v) =>
      v === 'last' ? 'mae’r sawl na threfnir yn cyfrif fel yr olaf' : 'mae’r sawl na threfnir yn cyfrif fel dim barn',
    ),
    when(c.equalRanks, (v) => (v ? 'caniateir safleoedd cyfartal' : 'ni chaniateir safleoedd cyfartal')),
    when(c.overLong, (v) =>
      v === 'cut'
        ? 'torrir papur pleidleisio sydd â gormod o ddewisiadau'
        : 'mae papur pleidleisio sydd â gormod o ddewisiadau yn annilys',
    ),
    when(c.blank, (v) => (v === 'zero' ? 'mae gwag yn cyfrif fel 0' : 'mae gwag yn cyfrif fel dim barn')),
    when(c.majority, (v) =>
      v === 'of continuing'
        ? 'mwyafrif yw mwyafrif y pleidleisiau sy’n dal yn y cyfrif'
        : 'mwyafrif yw mwyafrif yr holl bleidleisiau dilys',
    ),
    when(c.completion, (v) => completionWords[v]),
  )
}
