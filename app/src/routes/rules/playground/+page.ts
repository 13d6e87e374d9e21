// The one page of the rulebook that needs code in the browser: it checks a text as it is written.
export const csr = true
