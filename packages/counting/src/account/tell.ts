import type { Count } from '../count.ts'
import type { CountWords } from '../words/words.ts'
import type { Account, Subject } from './account.ts'
import { budgetAccount } from './budget.ts'
import { committeeAccount } from './committee.ts'
import { gradesAccount } from './grades.ts'
import { majorityAccount } from './majority.ts'
import { pairsAccount } from './pairs.ts'
import { mostAccount, twoRoundAccount } from './single.ts'
import { stvAccount } from './stv.ts'

/** Tells any count in a language: outcome, stages with bars, flow and sentences, tables, and why each of the others was not chosen. */
export function accountOf(count: Count, subject: Subject, { phrases }: CountWords): Account {
  switch (count.kind) {
    case 'stv':
      return stvAccount(count, subject, phrases)
    case 'marks':
    case 'borda':
      return mostAccount(count, subject, phrases)
    case 'two-round':
      return twoRoundAccount(count, subject, phrases)
    case 'pairwise':
      return pairsAccount(count, subject, phrases)
    case 'grades':
      return gradesAccount(count, subject, phrases)
    case 'committee':
      return committeeAccount(count, subject, phrases)
    case 'budget':
      return budgetAccount(count, subject, phrases)
    case 'majority':
      return majorityAccount(count, subject, phrases)
  }
}
