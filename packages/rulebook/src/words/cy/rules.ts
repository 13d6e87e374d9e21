import type { ClauseId } from '../../act.ts'
import { idOf, type Provision, type Rule, type Rulebook } from '../../language/model.ts'
import { wordsOf, type Templates } from '../templates.ts'
import { bodyWords } from './bodies.ts'
import * as say from './foundations.ts'
import { meetingWords } from './meetings.ts'
import { speakerOf, type MissingForm, type Speaker } from './names.ts'
import { officeWords } from './offices.ts'
import * as people from './people.ts'
import { dissolutionWords, powerRuleWords } from './powers.ts'
import { procedureWords } from './stages.ts'

const templates: Templates<Speaker> = {
  calendar: say.calendarWords,
  service: say.serviceWords,
  standing: people.standingWords,
  class: people.classWords,
  attribute: people.attributeWords,
  electorate: people.electorateWords,
  fact: say.factWords,
  body: bodyWords,
  meeting: meetingWords,
  office: officeWords,
  power: powerRuleWords,
  procedure: procedureWords,
  tier: say.tierWords,
  transition: say.transitionWords,
  limit: say.limitWords,
  validity: say.validityWords,
  order: say.orderWords,
  superior: say.superiorWords,
  conduct: say.conductWords,
  emergency: say.emergencyWords,
  interest: say.interestWords,
  genesis: say.genesisWords,
  appeal: say.appealWords,
  dissolution: dissolutionWords,
  record: say.recordWords,
}

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
  return { text: wordsOf(templates, rule, speaker), missing: [...missing.values()] }
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
