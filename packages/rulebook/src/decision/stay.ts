import { provisionsOf, type Provision, type Rulebook } from '../language/model.ts'

/** What an appeal stays, of the first appeal clause that says so; null where none does. */
export const onlyStay = (rulebook: Rulebook): NonNullable<Provision<'appeal'>['rule']['stay']> | null =>
  provisionsOf(rulebook, 'appeal').find((p) => p.rule.stay !== null)?.rule.stay ?? null
