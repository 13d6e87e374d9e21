// The second door of the verifier: the checker of count certificates alone, with nothing of ballots, record or rules.
export { checkCountCertificate } from './count-certificate/check.ts'
