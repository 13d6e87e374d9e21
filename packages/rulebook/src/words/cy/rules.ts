import type { ClauseId } from '../../act.ts'
import { idOf, type Provision, type Rule, type Rulebook } from '../../model.ts'
import { bodyWords } from './bodies.ts'
import * as say from './foundations.ts'
import { meetingWords } from './meetings.ts'
import { speakerOf, type MissingForm, type Speaker } from './names.ts'
import { officeWords } from './offices.ts'
import * as people from './people.ts'
import { dissolutionWords, powerRuleWords } from './powers.ts'
import { procedureWords } from './stages.ts'

/** The Welsh words of a clause, and the forms of names they lack, each once. */
export function welshWords(
  provision: Provision,
  rulebook: Rulebook,
): { readonly text: string; readonly missing: readonly MissingForm[] } {
  const { clause, rule } = provision
  const missing = new Map<string, MissingForm>()
  const speaker = speakerOf(rulebook, clause, rule.kind === 'procedure' ? rule.stages : [], (m) => {
    missing.set(`${m.id} ${m.form}`, m)
  })
  return { text: ruleWords(rule, speaker), missing: [...missing.values()] }
}

// What sentences call by `the` alone; a class or a tier is always said with what it is.
const definite: ReadonlySet<Rule['kind']> = new Set(['electorate', 'body', 'office', 'meeting', 'superior'])

/** Two ids with one definite name, so that no reader could tell one from the other: the later of the two. */
export function sharedNames(
  rulebook: Rulebook,
): readonly { readonly clause: ClauseId; readonly id: string; readonly other: string; readonly name: string }[] {
  const first = new Map<string, string>()
  return rulebook.provisions.flatMap(({ clause, rule, names }) => {
    const name = names?.cy?.find((row) => row.key === 'the')?.value
    const id = idOf(rule)
    if (name === undefined || id === null || !definite.has(rule.kind)) return []
    const other = first.get(name)
    if (other === undefined) {
      first.set(name, id)
      return []
    }
    return other === id ? [] : [{ clause, id, other, name }]
  })
}

/** One case per kind: a table. */
function ruleWords(rule: Rule, s: Speaker): string {
  switch (rule.kind) {
    case 'calendar':
      return say.calendarWords(rule)
    case 'service':
      return say.serviceWords(rule, s)
    case 'standing':
      return people.standingWords(rule, s)
    case 'class':
      return people.classWords(rule, s)
    case 'attribute':
      return people.attributeWords(rule, s)
    case 'electorate':
      return people.electorateWords(rule, s)
    case 'fact':
      return say.factWords(rule, s)
    case 'body':
      return bodyWords(rule, s)
    case 'meeting':
      return meetingWords(rule, s)
    case 'office':
      return officeWords(rule, s)
    case 'power':
      return powerRuleWords(rule, s)
    case 'procedure':
      return procedureWords(rule, s)
    case 'tier':
      return say.tierWords(rule, s)
    case 'transition':
      return say.transitionWords(rule)
    case 'limit':
      return say.limitWords(rule)
    case 'validity':
      return say.validityWords(rule)
    case 'order':
      return say.orderWords(rule, s)
    case 'superior':
      return say.superiorWords(rule, s)
    case 'conduct':
      return say.conductWords(rule, s)
    case 'emergency':
      return say.emergencyWords(rule, s)
    case 'interest':
      return say.interestWords(rule, s)
    case 'genesis':
      return say.genesisWords(rule, s)
    case 'appeal':
      return say.appealWords(rule, s)
    case 'dissolution':
      return dissolutionWords(rule, s)
    case 'record':
      return say.recordWords(rule)
  }
}
