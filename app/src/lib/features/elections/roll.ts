import { assert, toHex, type Instant, type Random } from '@quorate/kernel'
import { commitRoll, rollLeaf, rollListText } from '@quorate/record'
import { provision, type DecisionState, type Fact, type Fingerprint, type Waiting } from '@quorate/rulebook'
import { holdersOf, type PersonFacts } from '#lib/features/membership/index.ts'
import { electorateAsOf, perform, stateOf } from '#lib/features/motions/index.ts'
import { storeDocument } from '#lib/features/record/index.ts'
import { editionsOf } from '#lib/features/rulebooks/index.ts'
import { chunks } from '#lib/platform/database.ts'
import type { Work } from '#lib/platform/feature.ts'
import { sha256 } from '#lib/platform/sha256.ts'
import { groupForNew } from './engine.ts'
import { rollEntry } from './roll-entry.ts'
import './tables.ts'

const base58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/** A fresh id of an election: 22 base58 characters, from bytes below 232 = 4 × 58 so that each is equally likely. */
function electionId(random: Random): string {
  let id = ''
  while (id.length < 22) for (const byte of random(32)) if (byte < 232 && id.length < 22) id += base58.charAt(byte % 58)
  return id
}

/**
 * Freezes the roll of a decision: everyone in the electorate as of the instant the rulebook names, by what is known now, committed to in
 * public without naming anyone. Also seats the trustees in office, who will make the key. Returns 1 when it moved something.
 */
export async function freezeRoll(work: Work, { decision, electorate, asOf }: Waiting): Promise<number> {
  assert(electorate !== null && asOf !== null, 'a freeze says whose roll it is and as of when')
  const { byNumber, inForce } = await editionsOf(work.db)
  // A decision runs under the edition of its notice, also when another came into force since.
  const own: DecisionState | undefined = (await stateOf(work.db, decision))?.decisions[decision]
  const edition = own?.noticedUnder ?? inForce
  const rulebook = byNumber.get(edition)
  assert(rulebook !== undefined && provision(rulebook, 'electorate', electorate) !== null, 'the electorate is in the rulebook')
  const now = work.clock.now()
  const people = await electorateAsOf(work.db, rulebook, electorate, { validAt: asOf, knownAt: now })
  const name = `${electorate}@${String(edition)}`
  const lines = people.map((person) => lineOf(work.random, decision, name, person))
  const roll = commitRoll(
    lines.map((line) => line.leaf),
    sha256,
  )
  assert(roll.kind === 'ok', 'salted leaves differ')
  const root = toHex(roll.value.root)
  const list = rollListText(roll.value.leaves)
  const fact = (at: Instant): Fact => ({
    name: 'roll',
    of: electorate,
    value: { size: roll.value.size, root },
    at: asOf,
    knownAt: at,
    source: 'roll',
    evidence: root as Fingerprint, // SHA-256 in hex, like every fingerprint
  })
  const done = await perform(work, {
    decision,
    by: 'rule',
    as: 'rule',
    body: { kind: 'freeze' },
    facts: (judging) => Promise.resolve([fact(judging.now)]),
    before: async ({ tx }) => {
      const leaves = await storeDocument(tx, list)
      return [{ type: 'roll', decision, body: { electorate: name, size: roll.value.size, root, leaves } }]
    },
    then: async ({ tx, now: at }) => {
      const leaves = await storeDocument(tx, list)
      const trustees = await holdersOf(tx, 'trustee', at)
      await tx
        .insertInto('election')
        .values({
          decision,
          uuid: electionId(work.random),
          group_name: groupForNew(),
          electorate: name,
          roll_size: roll.value.size,
          roll_root: root,
          roll_leaves: leaves,
          // Whoever made the codes is settled with the roll: a key set later speaks for later ballots.
          registrar_key: work.settings.registrarKey ?? null,
          // More than half: any two majorities share a trustee.
          threshold: Math.floor(trustees.length / 2) + 1,
        })
        .execute()
      for (const chunk of chunks(lines))
        await tx
          .insertInto('roll_line')
          .values(chunk.map(({ personId, salt, leaf }) => ({ decision, person_id: personId, salt, leaf: toHex(leaf) })))
          .execute()
      if (trustees.length > 0)
        await tx
          .insertInto('trustee')
          .values(trustees.map(({ personId }, i) => ({ decision, place: i + 1, person_id: personId })))
          .execute()
    },
  })
  return done.kind === 'ok' ? 1 : 0
}

function lineOf(random: Random, decision: number, electorate: string, person: PersonFacts) {
  const salt = Buffer.from(random(32))
  return { personId: person.id, salt, leaf: rollLeaf(salt, rollEntry(decision, electorate, person.membershipNumber), sha256) }
}
