/**
 * Offices that every movement has, whether its rulebook names them or not, because the record itself cannot do without whoever holds them: `registrar` keeps the
 * register and issues voting codes, `trustee` holds a share of the key of ballot boxes. A `role` may name them under every edition, and so may the capacity of
 * what was done to the register. Source: docs/spec/record-entries.md.
 */
export const officesOfEveryMovement: readonly string[] = ['registrar', 'trustee']
