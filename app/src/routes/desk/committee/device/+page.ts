// A device makes its key in the member's browser.
export const csr = true
