// Pages are HTML and forms. One that needs code in the browser says so for itself with `export const csr = true`.
export const csr = false
export const ssr = true
