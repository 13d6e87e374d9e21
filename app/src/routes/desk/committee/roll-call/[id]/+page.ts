// A member's device signs in the member's browser, over the words that this page shows there.
export const csr = true
