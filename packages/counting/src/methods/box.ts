// What came out of a ballot file, whatever its form.
import { fail, ok, type Result } from '@quorate/kernel'
import type { Subject } from '../account/account.ts'
import type { Approvals, ApprovalProfile } from '../committee/approvals.ts'
import type { BudgetProfile } from '../budget/projects.ts'
import type { GradeProfile } from '../grades/grades.ts'
import { unpackProfile, type AnyProfile } from '../papers/packed.ts'
import type { Paper } from '../papers/profile.ts'

/** Papers of one kind. `places`: decimal places of the money. */
export type Box =
  | { readonly kind: 'rankings'; readonly profile: AnyProfile }
  | { readonly kind: 'approvals'; readonly profile: ApprovalProfile }
  | { readonly kind: 'grades'; readonly profile: GradeProfile }
  | { readonly kind: 'budget'; readonly profile: BudgetProfile; readonly places: number }
/** What kind of papers. */
export type BoxKind = Box['kind']

/** What a count of these papers is about. Projects without a name are called by their id. */
export function subjectOf(box: Box): Subject {
  const { title } = box.profile
  if (box.kind === 'budget') {
    const names = box.profile.projects.map(({ id, name }) => (name === '' ? id : name))
    return { title, names, withdrawn: [], seats: 0, moneyPlaces: box.places }
  }
  const withdrawn = box.kind === 'rankings' ? box.profile.withdrawn : []
  return { title, names: box.profile.candidates, withdrawn, seats: box.profile.seats, moneyPlaces: 0 }
}

/** The same papers for another number of places; a budget has none. */
export function withSeats(box: Box, seats: number): Box {
  switch (box.kind) {
    case 'rankings':
      return { kind: 'rankings', profile: { ...box.profile, seats } }
    case 'approvals':
      return { kind: 'approvals', profile: { ...box.profile, seats } }
    case 'grades':
      return { kind: 'grades', profile: { ...box.profile, seats } }
    case 'budget':
      return box
  }
}

/** Which of those a paper names it approves: all of them, or only those at its first rank. */
export type Approved = 'named' | 'first'

/**
 * Papers as approvals. Rankings say it without doubt where a paper names one candidate or several at one rank; where ranks follow one
 * another, `approved` must say what they mean. The withdrawn are left out, and stay candidates whom nobody approves.
 */
export function approvalsOf(box: Box, approved: Approved | null): Result<ApprovalProfile, 'other papers' | 'approved how'> {
  if (box.kind === 'approvals') return ok(box.profile)
  if (box.kind !== 'rankings') return fail('other papers')
  const { title, candidates, seats, withdrawn, papers } = 'papers' in box.profile ? box.profile : unpackProfile(box.profile)
  if (approved === null && papers.some(({ ranking }) => ranking.length > 1)) return fail('approved how')
  const read = ({ weight, ranking }: Paper): Approvals => {
    const named = approved === 'first' ? ranking.slice(0, 1) : ranking
    const all = named.flatMap((rank) => rank).filter((c) => !withdrawn.includes(c))
    return { weight, approved: all.toSorted((a, b) => a - b) }
  }
  return ok({ title, candidates, seats, papers: papers.map(read) })
}
