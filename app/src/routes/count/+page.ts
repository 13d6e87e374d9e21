// Counting happens in the reader's browser, so this page needs code there.
export const csr = true
