// Instances of other people's libraries, read where they lie beside the repository; never copied into it.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { ApprovalProfile, CommitteeRule } from '../src/index.ts'
import { approvalProfile } from './approvals.ts'

const shared = process.env['QUORATE_SHARED'] ?? join(import.meta.dirname, '../../../../shared')
const committees = join(shared, 'data/counting/abc')

/** Whether the instances are there, and what to say when they are not. */
export const committeesPresent = existsSync(committees)
export const whyNoCommittees = committeesPresent ? '' : ` (skipped: no folder ${committees})`

/** Their name of a rule and ours. What they have and we do not offer: adams, consensus-rule, eph, greedy-monroe, rsd, trivial. */
export const ruleNames: ReadonlyMap<string, CommitteeRule> = new Map([
  ['av', 'approval@1'],
  ['sav', 'satisfaction-approval@1'],
  ['pav', 'pav@1'],
  ['slav', 'slav@1'],
  ['geom2', 'geometric-2@1'],
  ['cc', 'chamberlin-courant@1'],
  ['lexcc', 'lexicographic-chamberlin-courant@1'],
  ['seqpav', 'sequential-pav@1'],
  ['revseqpav', 'reverse-sequential-pav@1'],
  ['seqslav', 'sequential-slav@1'],
  ['seqcc', 'sequential-chamberlin-courant@1'],
  ['seqphragmen', 'sequential-phragmen@1'],
  ['minimaxphragmen', 'minimax-phragmen@1'],
  ['leximaxphragmen', 'leximax-phragmen@1'],
  ['phragmen-enestroem', 'phragmen-enestrom@1'],
  ['maximin-support', 'maximin-support@1'],
  ['equal-shares', 'equal-shares@1'],
  ['equal-shares-with-av-completion', 'equal-shares-utilitarian@1'],
  ['equal-shares-with-increment-completion', 'equal-shares-add1u@1'],
  ['monroe', 'monroe@1'],
  ['minimaxav', 'minimax-approval@1'],
  ['lexminimaxav', 'lexicographic-minimax-approval@1'],
])

type File = {
  profile: number[][]
  num_cand: number
  committeesize: number
  compute: { rule_id: string; resolute: boolean; result: number[][] | null }[]
}

/** One rule on one instance: the committees another library computed, all of them or (`one`) those it may choose from. */
export type Computed = {
  readonly file: string
  readonly theirs: string
  readonly rule: CommitteeRule
  readonly profile: ApprovalProfile
  readonly committees: readonly string[]
  readonly one: boolean
}

/** Every instance: its text, and what YAML reads in it. */
export const readInstances = (): readonly { readonly text: string; readonly profile: ApprovalProfile }[] =>
  !committeesPresent
    ? []
    : readdirSync(committees)
        .filter((file) => file.endsWith('.yaml'))
        .map((file) => {
          const text = readFileSync(join(committees, file), 'utf8')
          const read = parse(text) as File
          return { text, profile: approvalProfile(read.num_cand, read.committeesize, read.profile) }
        })

/** Everything the instances hold that we offer, rule by rule; an empty result there is nothing to compare with. */
export function computedCommittees(): readonly Computed[] {
  if (!committeesPresent) return []
  return readdirSync(committees)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .flatMap((file) => {
      const read = parse(readFileSync(join(committees, file), 'utf8')) as File
      const profile = approvalProfile(read.num_cand, read.committeesize, read.profile)
      return read.compute.flatMap(({ rule_id, resolute, result }): readonly Computed[] => {
        const rule = ruleNames.get(rule_id)
        if (rule === undefined || result === null || result.length === 0) return []
        const list = result.map((committee) => committee.toSorted((a, b) => a - b).join()).sort()
        return [{ file, theirs: rule_id, rule, profile, committees: list, one: resolute }]
      })
    })
}
