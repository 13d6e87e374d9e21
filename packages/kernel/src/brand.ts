declare const brand: unique symbol
/** A value that only its own parser can make, so that a member id never stands where a decision id must. */
export type Branded<T, Name extends string> = T & { readonly [brand]: Name }
